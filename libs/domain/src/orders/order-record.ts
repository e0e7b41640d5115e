import type { OrderState } from './order-machine.js';
import { visitOutcome, type OrderClockTimes } from './order-steps.js';
import { FRESH_ORDER, type OrderHandling } from './order.js';

/** What a version of the hotline's record says of the handling so far. */
export type HandlingRecord = Pick<
  OrderHandling,
  | 'parentNo'
  | 'leadUnit'
  | 'departmentId'
  | 'coUnits'
  | 'dispatchedAt'
  | 'signedAt'
  | 'signedBy'
  | 'contactedAt'
  | 'dueAt'
  | 'extensions'
  | 'extensionReason'
  | 'returns'
  | 'returnReason'
  | 'handler'
  | 'reply'
  | 'repliedAt'
  | 'replyMode'
  | 'legalBasis'
  | 'auditOpinion'
  | 'urges'
  | 'supervision'
  | 'reworks'
  | 'visit'
> & { hasProgress: boolean };

/** How far along; sideways states stand where they leave from. */
const FAR: Record<OrderState, number> = {
  received: 0,
  refused: 0,
  accepted: 1,
  joined: 1,
  dispatched: 2,
  returning: 2,
  signed: 3,
  handling: 4,
  replied: 5,
  closed: 6,
  archived: 7,
};

/** The state a record describes. */
export function stateOfRecord(record: HandlingRecord): OrderState {
  if (isJoinedElsewhere(record)) return 'joined';
  if (record.visit !== null) return ({ archive: 'archived', rework: 'handling', again: 'closed' } as const)[visitOutcome(record.visit)];
  if (record.repliedAt !== null) return record.auditOpinion === null ? 'replied' : 'closed';
  if (record.hasProgress) return 'handling';
  if (record.signedAt !== null) return 'signed';
  return record.dispatchedAt === null ? 'received' : 'dispatched';
}

/** 并单: an order that has a main order and no answer of its own yet. */
function isJoinedElsewhere({ parentNo, repliedAt, visit }: HandlingRecord): boolean {
  return parentNo !== null && repliedAt === null && visit === null;
}

/**
 * A work order after a newer version of the hotline's record. What we know already is never undone by a record that knows less: their
 * system may not have heard of our last step yet. It goes on where the record is further, was dispatched anew (改派) or is done again (重办).
 * @param clocks when a dispatch by the record starts the clocks; asked only then
 */
export function takeRecord(
  before: OrderHandling | null,
  record: HandlingRecord,
  clocks: (dispatchedAt: Date) => OrderClockTimes,
): OrderHandling {
  const known = before ?? FRESH_ORDER;
  const { hasProgress: _, dueAt: theirDue, ...told } = record;
  const state = stateOfRecord(record);
  const isNewDispatch = record.dispatchedAt !== null && (known.dispatchedAt === null || record.dispatchedAt > known.dispatchedAt);
  const isNewRework = record.reworks > known.reworks;
  const isNewJoin = state === 'joined' && known.parentNo === null && FAR[known.state] < FAR.replied;
  const isNews = before === null || isNewDispatch || isNewRework || isNewJoin || FAR[state] > FAR[known.state];
  if (!isNews) return withLateFacts(known, record);
  const started = isNewDispatch ? clocks(record.dispatchedAt!) : known;
  return {
    ...known,
    ...told,
    state,
    parentNo: known.parentNo ?? told.parentNo,
    signDueAt: started.signDueAt,
    // The hotline's own due time is what it told the unit; ours stands where it tells none.
    dueAt: theirDue ?? started.dueAt,
    returnUntil: started.returnUntil,
    askedReturn: isNewDispatch ? null : known.askedReturn,
    askedExtension: state === 'replied' || isNewDispatch ? null : known.askedExtension,
    closedAt: FAR[state] >= FAR.closed ? (known.closedAt ?? record.repliedAt) : null,
    urges: Math.max(known.urges, told.urges),
    extensions: Math.max(known.extensions, told.extensions),
    returns: Math.max(known.returns, told.returns),
  };
}

/** Facts that only add: how often it was pressed for, a supervision, a first contact we did not know of. */
function withLateFacts(known: OrderHandling, record: HandlingRecord): OrderHandling {
  const isExtended = record.extensions > known.extensions && record.dueAt !== null;
  return {
    ...known,
    urges: Math.max(known.urges, record.urges),
    supervision: record.supervision ?? known.supervision,
    contactedAt: known.contactedAt ?? record.contactedAt,
    ...(isExtended
      ? { extensions: record.extensions, dueAt: record.dueAt, extensionReason: record.extensionReason, askedExtension: null }
      : {}),
  };
}
