import type { PersonRow } from '@huiying/persistence';

/**
 * `retry` = the same send may succeed later, after `waitSeconds` at the earliest for the whole channel; `refused` = this message never
 * will; `broken` = none will until somebody mends our credential or the channel's settings. A reason never holds a secret.
 */
export type SendOutcome =
  | { outcome: 'accepted'; receipt: string }
  | { outcome: 'retry'; reason: string; waitSeconds?: number }
  | { outcome: 'refused' | 'broken'; reason: string };

/** One notice of a message. */
export interface MessageItem {
  noticeId: string;
  urgency: 'normal' | 'urgent';
  title: string;
  body: string;
  /** Where it is seen and handled on the console. */
  viewUrl: string;
  /** The one-time link by which this person says that they know; null where the message wants no such word. */
  acknowledgeUrl: string | null;
}

/** What a channel is given to send: the notices that are due to one person, the urgent first. */
export interface Message {
  /** The same at every attempt: make the message's own id from it where the other end knows such ids. */
  id: string;
  address: string;
  recipientName: string;
  /** It may have gone out before: we died between sending and hearing the answer. Say so where the other end cannot tell. */
  isRepeat: boolean;
  items: readonly MessageItem[];
}

/** One way to reach a person. To add one: a folder beside `email`, and a line in channel-book.ts. */
export abstract class Notifier {
  /** Stands in the ledger; never changes. */
  abstract readonly channel: string;
  /** As people read it. */
  abstract readonly name: string;
  /** Where this channel reaches a person; null where it does not. `own`: what the person entered, where the channel takes such. */
  abstract addressOf(person: PersonRow, own: string | null): string | null;
  /** Answers are values; a throw means that no answer came, and is tried again. */
  abstract send(message: Message): Promise<SendOutcome>;
  abstract close(): Promise<void>;
}
