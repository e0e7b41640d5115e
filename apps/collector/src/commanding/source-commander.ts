import type { SourceCommandedV1 } from '@huiying/contracts';
import type { Clock } from '@huiying/domain';
import { CollectorSources, SourceTrials, type SourceRow, type Store, type Tx } from '@huiying/persistence';
import { SOURCES_CHANNEL } from '../polling/index.js';
import { entryOf, report, seen, type SourceList } from '../sources/index.js';

/** The inbox and consumer-group name. */
export const SOURCE_COMMANDS = 'source-commands';

/** Does what staff asked of the sources on the console, and tells how each stands then. */
export class SourceCommander {
  constructor(
    private readonly store: Store,
    private readonly list: SourceList,
    private readonly clock: Clock,
  ) {}

  /** Each command once, in the order in which they were given. */
  async obey(events: readonly SourceCommandedV1[]): Promise<void> {
    await this.list.ready();
    await this.store.once(SOURCE_COMMANDS, events, async (tx, fresh) => {
      for (const { data } of fresh) await this.obeyOne(tx, data);
      // Pollers of every process look at once.
      tx.tell(SOURCES_CHANNEL, 'commanded');
    });
  }

  private async obeyOne(tx: Tx, { sourceId, command }: SourceCommandedV1['data']): Promise<void> {
    const now = this.clock.now();
    const sources = new CollectorSources(tx);
    if (command.kind === 'try') return new SourceTrials(tx).ask(command.trialId, command.setting, now);
    const before = await sources.lock(sourceId);
    if (command.kind === 'save') await sources.edit(entryOf(command.setting), now);
    const row = command.kind === 'save' ? await sources.lock(sourceId) : before;
    // A source that is gone meanwhile, or was never there, needs nothing any more.
    if (row === null) return;
    const next = command.kind === 'save' ? row : commanded(row, command.kind, now);
    const told = await report(tx, next, now, { calendar: this.list.calendar, before: before ?? next, now: 'at once' });
    // What comes of the poll that follows is told at once too: somebody looks.
    await sources.save(next.isActive ? { ...told, reportedAt: null } : told);
  }
}

type Plain = Exclude<SourceCommandedV1['data']['command']['kind'], 'save' | 'try'>;

/** The source after a command. A lease is taken away: what the poll under way brings is not written any more. Pure. */
export function commanded(source: SourceRow, command: Plain, now: Date): SourceRow {
  const due = source.url === null ? null : now;
  switch (command) {
    case 'poll':
      // A poll under way is the retry that was asked for.
      return source.lease !== null && source.nextPollAt !== null && source.nextPollAt > now ? source : { ...source, nextPollAt: due };
    case 'pause':
      return {
        ...source,
        isActive: false,
        lease: null,
        pausedAt: now,
        unseenFrom: source.unseenFrom ?? now,
        unseenCause: source.unseenCause ?? 'paused',
      };
    case 'resume':
      return { ...source, isActive: source.removedAt === null, pausedAt: null, nextPollAt: due };
    case 'remove':
      return { ...source, isActive: false, lease: null, removedAt: now, ...seen() };
  }
}
