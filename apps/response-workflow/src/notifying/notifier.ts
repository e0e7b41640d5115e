import type { ClaimedDelivery, PersonRow } from '@huiying/persistence';

/** `retry` = the same send may succeed later; `refused` = it never will. */
export type SendOutcome = { outcome: 'accepted'; receipt: string } | { outcome: 'retry' | 'refused'; reason: string };

/** What a channel is given to send. `noticeId` is the same at every attempt: make the message's own id from it. */
export type Message = Pick<ClaimedDelivery, 'noticeId' | 'address' | 'recipientName' | 'notice'>;

/** One way to reach a person. To add one: a folder beside `email`, and a line in notifiers.ts. */
export abstract class Notifier {
  abstract readonly channel: string;
  /** Where this channel reaches a person; null where it does not. */
  abstract addressOf(person: PersonRow): string | null;
  /** Answers are values; a throw means that no answer came, and is tried again. */
  abstract send(message: Message): Promise<SendOutcome>;
  abstract close(): Promise<void>;
}
