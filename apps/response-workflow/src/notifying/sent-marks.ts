import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, DAY_MS } from '@huiying/domain';
import { ENVIRONMENT, makeFolder } from '@huiying/platform';
import type { Environment } from '@huiying/settings';
import type { SendOutcome } from './notifier.js';

/** A message in hand. */
export interface InHand {
  id: string;
  channel: string;
  /** When it was first tried or asked for: tells it from a message of the same id in another database on the same folder. */
  begunAt: Date;
  /** Somebody had it in hand before and did not say what became of it. */
  isRepeat: boolean;
}

/** No message is tried for so long: what is older was settled, and its process killed before the mark was taken away. */
const KEPT_MS = 30 * DAY_MS;

interface Mark {
  begunAt: string;
  receipt: string;
}

/**
 * What another end has taken and the database was not told yet: a small file a message in the data folder, written in the very turn that
 * hears the answer. A process that is killed before it commits leaves it behind, and who finds the message unsettled takes the answer from
 * there in place of sending it once more. It outlives the process, not the machine's power.
 */
@Injectable()
export class SentMarks implements OnModuleInit {
  private readonly logger = new Logger('notifying');
  private readonly folder: string;

  constructor(
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(Clock) private readonly clock: Clock,
  ) {
    this.folder = join(environment.dataFolder, 'sent');
  }

  /** Takes away what nobody will ask for any more. */
  onModuleInit(): void {
    for (const path of this.paths()) {
      const mark = markIn(path);
      if (mark && this.clock.now().getTime() - Date.parse(mark.begunAt) > KEPT_MS) rmSync(path, { force: true });
    }
  }

  /** Sends a message and has its answer kept; where somebody heard the answer before and could not commit it, that is kept in place of sending. */
  async once(message: InHand, send: () => Promise<SendOutcome>, keep: (answer: SendOutcome) => Promise<void>): Promise<void> {
    const heard = this.find(message);
    const answer = heard ?? (await send());
    if (heard === null && answer.outcome === 'accepted') this.put(message, answer.receipt);
    await keep(answer);
    this.drop(message);
  }

  put(message: InHand, receipt: string): void {
    const mark: Mark = { begunAt: message.begunAt.toISOString(), receipt };
    try {
      makeFolder(this.folder);
      writeFileSync(this.pathOf(message), JSON.stringify(mark), { mode: 0o600 });
    } catch (error) {
      // The message is out, and that is still to be committed: without the mark only a kill within the next milliseconds repeats it.
      this.logger.warn(`${this.folder} takes no marks of what was sent: ${(error as Error).message}`);
    }
  }

  /** The answer that a process before us heard and could not commit; null where none is known. */
  find(message: InHand): SendOutcome | null {
    if (!message.isRepeat) return null;
    const mark = markIn(this.pathOf(message));
    return mark?.begunAt === message.begunAt.toISOString() ? { outcome: 'accepted', receipt: mark.receipt } : null;
  }

  drop(message: InHand): void {
    try {
      rmSync(this.pathOf(message), { force: true });
    } catch (error) {
      this.logger.warn(`a mark of what was sent stays: ${(error as Error).message}`);
    }
  }

  private paths(): string[] {
    try {
      return readdirSync(this.folder).map((name) => join(this.folder, name));
    } catch {
      return []; // nothing was ever marked
    }
  }

  private pathOf({ id, channel }: InHand): string {
    return join(this.folder, `${id}.${encodeURIComponent(channel)}`);
  }
}

/** null where there is none, or one whose writing was cut off: as far as anybody knows, nothing was answered. */
function markIn(path: string): Mark | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Mark;
  } catch {
    return null;
  }
}
