import { Inject, Injectable } from '@nestjs/common';
import type { NoticeRequestedV1 } from '@huiying/contracts';
import { Deliveries, Notices, People, Timeline, type NewNotice, type PersonRow, type Tx } from '@huiying/persistence';
import { WorkflowStore } from '../timeline/index.js';
import { ChannelBook } from './channel-book.js';
import { ConsoleNotifier } from './console/index.js';
import { Reach } from './reach.js';
import { toldLine } from './told-line.js';

/** The inbox and consumer-group name. */
export const NOTIFYING = 'notifying';

/** Keeps what was requested: a notice on the console, and a delivery for each channel that shall reach the person. */
@Injectable()
export class NoticeKeeper {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(ChannelBook) private readonly book: ChannelBook,
    @Inject(Reach) private readonly reach: Reach,
  ) {}

  /** Each request once; the same fact for the same person once, whatever is delivered or replayed. */
  async keep(events: readonly NoticeRequestedV1[]): Promise<void> {
    await this.store.once(NOTIFYING, events, async (tx, fresh) => {
      const people = new Map(
        (await new People(tx).byIds(fresh.map((event) => event.data.recipientId))).map((person) => [person.id, person]),
      );
      const wanted = fresh.filter((event) => people.get(event.data.recipientId)?.disabledAt === null).map(toNotice);
      if (wanted.length === 0) return;
      const added = await new Notices(tx).add(wanted);
      await this.deliver(
        tx,
        wanted.filter((notice) => added.has(notice.id)),
        people,
      );
    });
  }

  private async deliver(tx: Tx, notices: readonly NewNotice[], people: ReadonlyMap<string, PersonRow>): Promise<void> {
    if (notices.length === 0) return;
    const now = this.store.now();
    const placed = { channel: 'console', address: null, state: 'accepted' as const, nextAttemptAt: null, at: now };
    await new Deliveries(tx).add([
      ...notices.map(({ id: noticeId }) => ({ noticeId, ...placed })),
      ...(await this.reach.begin(tx, notices, people, now)),
    ]);
    await new Timeline(tx).add(
      notices.flatMap((notice) => {
        const { name: recipientName, departmentId } = people.get(notice.recipientId)!;
        const channelName = this.book.nameOf('console');
        return toldLine({ ...notice, noticeId: notice.id, channel: 'console', channelName, recipientName, departmentId }, now) ?? [];
      }),
    );
    await ConsoleNotifier.place(tx, now, notices);
  }
}

function toNotice({ occurredAt, data }: NoticeRequestedV1): NewNotice {
  const { noticeId, fact, recipientId, urgency, title, body, link, caseId = null, severity = null } = data;
  return { id: noticeId, fact, recipientId, urgency, title, body, link, caseId, severity, requestedAt: new Date(occurredAt) };
}
