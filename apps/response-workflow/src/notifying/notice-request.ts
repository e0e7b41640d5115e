import { TOPICS } from '@huiying/contracts';
import { idBeside, recipientsFor, type SeverityLevel, type TellablePeople, type TellFact } from '@huiying/domain';
import { outgoing } from '@huiying/messaging';
import type { OutgoingEvent } from '@huiying/persistence';

/** A fact that people must be told, in the words they get. */
export interface ToldFact {
  /** Names the fact for ever, e.g. alert:ID:raised: the same person is never told it twice. */
  fact: string;
  about: TellFact;
  severity: SeverityLevel;
  urgency: 'normal' | 'urgent';
  title: string;
  body: string;
  /** Path on the console. */
  link: string;
  caseId: string | null;
  causedBy: string | null;
}

/** Whose fact it is: its id stands in the fact's name. */
const SUBJECT = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** One notice.requested for each person whom the fact concerns. */
export function noticeRequests(told: ToldFact, people: TellablePeople, at: Date): OutgoingEvent[] {
  return requestsTo(
    told,
    recipientsFor(told.about, told.severity, people).map(({ personId }) => personId),
    at,
  );
}

/** One notice.requested for each of these. */
export function requestsTo(told: Omit<ToldFact, 'about'>, personIds: readonly string[], at: Date): OutgoingEvent[] {
  const { fact, urgency, severity, title, body, link, caseId, causedBy } = told;
  return personIds.map((personId) => {
    const noticeId = idBeside(SUBJECT.exec(fact)?.[0] ?? '', 'notice', fact, personId);
    const data = { noticeId, fact, recipientId: personId, urgency, severity, title, body, link, ...(caseId === null ? {} : { caseId }) };
    return outgoing(TOPICS.noticeRequested, personId, { id: noticeId, occurredAt: at, causedBy }, data);
  });
}
