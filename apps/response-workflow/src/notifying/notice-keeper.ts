import { Inject, Injectable } from '@nestjs/common';
import type { NoticeRequestedV1 } from '@huiying/contracts';
import { Changes, Notices, People, Timeline, type NewDelivery, type NewNotice, type PersonRow, type Tx } from '@huiying/persistence';
import type { Notifier } from './notifier.js';
import { NOTIFIERS } from './notifiers.js';
import { toldLine } from './told-line.js';
import { WorkflowStore } from '../timeline/index.js';

/** The inbox and consumer-group name. */
export const NOTIFYING = 'notifying';

/** Keeps what was requested: a notice on the console, and a delivery for each channel that reaches the person. */
@Injectable()
export class NoticeKeeper {
  constructor(
    @Inject(WorkflowStore) private readonly store: WorkflowStore,
    @Inject(NOTIFIERS) private readonly notifiers: readonly Notifier[],
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
    const now = this.store.now();
    await new Notices(tx).addDeliveries(notices.flatMap((notice) => this.deliveriesOf(notice, people.get(notice.recipientId)!, now)));
    await new Timeline(tx).add(
      notices.flatMap((notice) => {
        const { name: recipientName, departmentId } = people.get(notice.recipientId)!;
        return toldLine({ ...notice, noticeId: notice.id, channel: 'console', recipientName, departmentId }, now) ?? [];
      }),
    );
    await new Changes(tx).add(
      notices.map(({ id, requestedAt, urgency, title, body, link, recipientId, caseId }) => ({
        at: now,
        kind: 'notice',
        subject: { kind: 'notice', id },
        caseId,
        recipientId,
        title,
        text: body,
        detail: { id, at: requestedAt.toISOString(), urgency, title, body, link },
      })),
    );
  }

  private deliveriesOf({ id: noticeId }: NewNotice, person: PersonRow, now: Date): NewDelivery[] {
    const console: NewDelivery = { noticeId, channel: 'console', address: null, state: 'accepted', nextAttemptAt: null, at: now };
    const others = this.notifiers.flatMap<NewDelivery>((notifier) => {
      const address = notifier.addressOf(person);
      return address === null ? [] : [{ noticeId, channel: notifier.channel, address, state: 'pending', nextAttemptAt: now, at: null }];
    });
    return [console, ...others];
  }
}

function toNotice({ occurredAt, data }: NoticeRequestedV1): NewNotice {
  const { noticeId, fact, recipientId, urgency, title, body, link, caseId } = data;
  return { id: noticeId, fact, recipientId, urgency, title, body, link, caseId: caseId ?? null, requestedAt: new Date(occurredAt) };
}
