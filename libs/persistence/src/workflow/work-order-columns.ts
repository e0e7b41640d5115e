/** Column, type and name in code of everything kept of a work order: the one list that reading and writing are made of. */
export const WORK_ORDER_COLUMNS = [
  ['orderNo', 'order_no', 'text'],
  ['opinionId', 'opinion_id', 'uuid'],
  ['version', 'version', 'int'],
  ['seq', 'seq', 'int'],
  ['changedAt', 'changed_at', 'timestamptz'],
  ['source', 'source', 'text'],
  ['channelRef', 'channel_ref', 'text'],
  ['appealType', 'appeal_type', 'text'],
  ['urgency', 'urgency', 'text'],
  ['title', 'title', 'text'],
  ['content', 'content', 'text'],
  ['receivedAt', 'received_at', 'timestamptz'],
  ['occurredAt', 'occurred_at', 'timestamptz'],
  ['regionCode', 'region_code', 'text'],
  ['region', 'region', 'text'],
  ['address', 'address', 'text'],
  ['categoryCode', 'category_code', 'text'],
  ['category', 'category', 'text'],
  ['isRepeat', 'is_repeat', 'boolean'],
  ['risk', 'risk', 'text'],
  ['appeal', 'appeal', 'jsonb'],
  ['state', 'state', 'text'],
  ['parentNo', 'parent_no', 'text'],
  ['leadUnit', 'lead_unit', 'text'],
  ['departmentId', 'department_id', 'text'],
  ['coUnits', 'co_units', 'jsonb'],
  ['coDepartmentIds', 'co_department_ids', 'jsonb'],
  ['instruction', 'instruction', 'text'],
  ['dispatchedAt', 'dispatched_at', 'timestamptz'],
  ['signedAt', 'signed_at', 'timestamptz'],
  ['signedBy', 'signed_by', 'text'],
  ['contactedAt', 'contacted_at', 'timestamptz'],
  ['signDueAt', 'sign_due_at', 'timestamptz'],
  ['dueAt', 'due_at', 'timestamptz'],
  ['returnUntil', 'return_until', 'timestamptz'],
  ['nextDueAt', 'next_due_at', 'timestamptz'],
  ['extensions', 'extensions', 'int'],
  ['extensionReason', 'extension_reason', 'text'],
  ['askedExtension', 'asked_extension', 'jsonb'],
  ['returns', 'returns', 'int'],
  ['returnReason', 'return_reason', 'text'],
  ['askedReturn', 'asked_return', 'jsonb'],
  ['handler', 'handler', 'text'],
  ['reply', 'reply', 'text'],
  ['repliedAt', 'replied_at', 'timestamptz'],
  ['repliedBy', 'replied_by', 'text'],
  ['replyMode', 'reply_mode', 'text'],
  ['legalBasis', 'legal_basis', 'text'],
  ['auditOpinion', 'audit_opinion', 'text'],
  ['urges', 'urges', 'int'],
  ['supervision', 'supervision', 'text'],
  ['reworks', 'reworks', 'int'],
  ['closedAt', 'closed_at', 'timestamptz'],
  ['visit', 'visit', 'jsonb'],
] as const;

const list = (write: (key: string, column: string, type: string) => string) =>
  WORK_ORDER_COLUMNS.map(([key, column, type]) => write(key, column, type)).join(', ');

/** `w.order_no AS "orderNo", …` */
export const WORK_ORDER_SELECT = list((key, column) => `w.${column} AS "${key}"`);
/** One statement that keeps any number of orders given as one JSON array ($1). */
export const WORK_ORDER_UPSERT = `INSERT INTO workflow.work_order (${list((_, column) => column)})
  SELECT ${list((key) => `t."${key}"`)} FROM jsonb_to_recordset($1::jsonb) AS t(${list((key, _, type) => `"${key}" ${type}`)})
  ORDER BY t."orderNo"
  ON CONFLICT (order_no) DO UPDATE SET ${list((_, column) => `${column} = excluded.${column}`)}`;
