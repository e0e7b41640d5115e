import { Changes, type PersonRow, type Queries } from '@huiying/persistence';
import { Notifier, type Message, type SendOutcome } from '../notifier.js';
import type { WorkflowStore } from '../../timeline/index.js';

/** A notice as it is placed on its person's open consoles. */
export interface PlacedNotice {
  id: string;
  recipientId: string;
  urgency: 'normal' | 'urgent';
  title: string;
  body: string;
  /** Path on the console. */
  link: string;
  caseId: string | null;
  requestedAt: Date;
}

/**
 * The console: a notice reaches every open page of its person at once, the urgent with a sound that repeats until it is answered. A
 * page that has it already neither shows nor sounds it again. Needs no server, so a notice is placed in the commit that keeps it.
 */
export class ConsoleNotifier extends Notifier {
  readonly channel = 'console';
  readonly name = '控制台';

  constructor(private readonly store: WorkflowStore) {
    super();
  }

  addressOf(person: PersonRow): string | null {
    return person.id;
  }

  /** Places notices in the caller's transaction. */
  static async place(on: Queries, at: Date, notices: readonly PlacedNotice[]): Promise<void> {
    await new Changes(on).add(
      notices.map(({ id, requestedAt, urgency, title, body, link, recipientId, caseId }) => ({
        at,
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

  async send({ address, items }: Message): Promise<SendOutcome> {
    await this.store.change((tx, now) =>
      ConsoleNotifier.place(
        tx,
        now,
        items.map(({ noticeId: id, viewUrl, ...item }) => {
          const { pathname, search } = new URL(viewUrl);
          return { ...item, id, recipientId: address, link: `${pathname}${search}`, caseId: null, requestedAt: now };
        }),
      ),
    );
    return { outcome: 'accepted', receipt: '已在控制台显示' };
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}
