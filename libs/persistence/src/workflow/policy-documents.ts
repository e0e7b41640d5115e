import type { DocumentEnd, DocumentState, InterpretationPlan, KeptLinks, SyncMode } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { RowScope } from './case-files.js';
import { Conditions, COUNTED_AT_MOST, likePattern, readCursor, totalOf, writeCursor } from './conditions.js';
import type { RowPage } from './opinions.js';

/** Whether a page leads to the other, and since when not. */
export type LinkCheck = KeptLinks;

/** One published interpretation (解读材料) of a document. */
export interface KeptInterpretation {
  evidenceId: string;
  title: string;
  url: string;
  form: string;
  channels: string[];
  /** Keys of INTERPRETATION_ELEMENTS. */
  elements: string[];
  /** ISO instants. */
  publishedAt: string;
  registeredAt: string;
  registeredBy: string;
  /** Share of it that stands word for word in the document; null where the document's text is not known. */
  copiedShare: number | null;
  /** Why it was taken all the same. */
  copiedReason: string | null;
  links: LinkCheck | null;
}

/** How a document ended, and who registered it. */
export interface KeptDocumentEnd extends DocumentEnd {
  /** ISO instant. */
  at: string;
  by: string;
}

export interface PolicyDocumentRow {
  id: string;
  title: string;
  documentNo: string | null;
  departmentId: string | null;
  kind: string;
  syncMode: SyncMode;
  state: DocumentState;
  /** The document's own words, where they are known. */
  text: string | null;
  url: string | null;
  publishedAt: Date | null;
  plan: InterpretationPlan | null;
  interpretations: KeptInterpretation[];
  /** Why it was sent back, or needs no interpretation. */
  reason: string | null;
  /** Null while it is in force. */
  ended: KeptDocumentEnd | null;
  /** 人工登记, 导入, or the source that found it. */
  source: string;
  createdAt: Date;
  createdBy: string;
  changedAt: Date;
  changedBy: string;
}

export type NewPolicyDocument = Omit<PolicyDocumentRow, 'interpretations' | 'ended' | 'changedAt' | 'changedBy'>;
export type PolicyDocumentChange = Partial<
  Pick<
    PolicyDocumentRow,
    | 'title'
    | 'documentNo'
    | 'departmentId'
    | 'kind'
    | 'syncMode'
    | 'state'
    | 'text'
    | 'url'
    | 'publishedAt'
    | 'plan'
    | 'interpretations'
    | 'reason'
    | 'ended'
  >
>;

export interface PolicyDocumentFilter {
  state?: string[];
  department?: string[];
  q?: string;
  /** Its clock has run out unmet. */
  overdueAt?: Date;
}

const FIELDS: Record<Exclude<keyof PolicyDocumentRow, 'id'>, string> = {
  title: 'title',
  documentNo: 'document_no',
  departmentId: 'department_id',
  kind: 'kind',
  syncMode: 'sync_mode',
  state: 'state',
  text: 'text',
  url: 'url',
  publishedAt: 'published_at',
  plan: 'plan',
  interpretations: 'interpretations',
  reason: 'reason',
  ended: 'ended',
  source: 'source',
  createdAt: 'created_at',
  createdBy: 'created_by',
  changedAt: 'changed_at',
  changedBy: 'changed_by',
};
const COLUMNS = `p.document_id AS id, ${Object.entries(FIELDS)
  .map(([name, column]) => `p.${column} AS "${name}"`)
  .join(', ')}`;
const JSON_FIELDS = new Set(['plan', 'interpretations', 'ended']);

/** The register of policy documents (政策文件). A department sees its own; the desk sees all. */
export class PolicyDocuments {
  constructor(private readonly on: Queries) {}

  /** Keeps it unless one of this number or address is there. False where one is. */
  async add(one: NewPolicyDocument): Promise<boolean> {
    const rows = await this.on.query(
      `INSERT INTO workflow.policy_document (document_id, title, document_no, department_id, kind, sync_mode, state, text, url, published_at,
         plan, reason, source, created_at, created_by, changed_at, changed_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $14, $15) ON CONFLICT DO NOTHING RETURNING 1`,
      [
        one.id,
        one.title,
        one.documentNo,
        one.departmentId,
        one.kind,
        one.syncMode,
        one.state,
        one.text,
        one.url,
        one.publishedAt,
        one.plan === null ? null : JSON.stringify(one.plan),
        one.reason,
        one.source,
        one.createdAt,
        one.createdBy,
      ],
    );
    return rows.length > 0;
  }

  async find(id: string, scope: RowScope): Promise<PolicyDocumentRow | null> {
    const conditions = scoped(scope).add(id, (p) => `p.document_id = ${p}`);
    const [row] = await this.on.query<PolicyDocumentRow>(
      `SELECT ${COLUMNS} FROM workflow.policy_document p ${conditions.where}`,
      conditions.parameters,
    );
    return row ?? null;
  }

  /** As find, locked until the transaction ends. Whoever changes a document or its clocks locks it first. */
  async lock(id: string, scope: RowScope): Promise<PolicyDocumentRow | null> {
    const conditions = scoped(scope).add(id, (p) => `p.document_id = ${p}`);
    const [row] = await this.on.query<PolicyDocumentRow>(
      `SELECT ${COLUMNS} FROM workflow.policy_document p ${conditions.where} FOR NO KEY UPDATE`,
      conditions.parameters,
    );
    return row ?? null;
  }

  /** The document of this number, else of this address, locked. */
  async lockKnown(documentNo: string | null, url: string | null): Promise<PolicyDocumentRow | null> {
    const [row] = await this.on.query<PolicyDocumentRow>(
      `SELECT ${COLUMNS} FROM workflow.policy_document p WHERE p.document_no = $1 OR p.url = $2
       ORDER BY p.document_no = $1 DESC NULLS LAST LIMIT 1 FOR NO KEY UPDATE`,
      [documentNo, url],
    );
    return row ?? null;
  }

  async isKnown(documentNo: string | null, url: string | null): Promise<boolean> {
    const rows = await this.on.query(`SELECT 1 FROM workflow.policy_document WHERE document_no = $1 OR url = $2 LIMIT 1`, [
      documentNo,
      url,
    ]);
    return rows.length > 0;
  }

  async change(id: string, change: PolicyDocumentChange, by: { at: Date; name: string }): Promise<void> {
    const keys = Object.keys(change) as (keyof PolicyDocumentChange)[];
    const set = keys.map((key, i) => `${FIELDS[key]} = $${i + 4}`);
    await this.on.query(
      `UPDATE workflow.policy_document SET ${[...set, 'changed_at = $2', 'changed_by = $3'].join(', ')} WHERE document_id = $1`,
      [
        id,
        by.at,
        by.name,
        ...keys.map((key) => (JSON_FIELDS.has(key) && change[key] !== null ? JSON.stringify(change[key]) : change[key])),
      ],
    );
  }

  /** Documents whose links to and from an interpretation are to be looked at again: whole ones last looked at before one instant, others before another. */
  linksDue(whole: Date, broken: Date, most: number): Promise<PolicyDocumentRow[]> {
    return this.on.query<PolicyDocumentRow>(
      `SELECT ${COLUMNS} FROM workflow.policy_document p
       WHERE p.url IS NOT NULL AND EXISTS (SELECT 1 FROM jsonb_array_elements(p.interpretations) i
         WHERE COALESCE((i #>> '{links,at}')::timestamptz, '-infinity')
           < CASE WHEN i #> '{links,documentLeads}' = 'true' AND i #> '{links,interpretationLeads}' = 'true' THEN $1::timestamptz ELSE $2 END)
       ORDER BY p.changed_at, p.document_id LIMIT $3`,
      [whole, broken, most],
    );
  }

  /** Newest first. */
  async page(filter: PolicyDocumentFilter, scope: RowScope, cursor: string | null, most: number): Promise<RowPage<PolicyDocumentRow>> {
    const conditions = scoped(scope)
      .add(filter.state, (p) => `p.state = ANY(${p}::text[])`)
      .add(filter.department, (p) => `p.department_id = ANY(${p}::text[])`)
      .add(filter.q ? likePattern(filter.q) : null, (p) => `(p.title ILIKE ${p} OR p.document_no ILIKE ${p})`)
      .add(
        filter.overdueAt,
        (p) => `EXISTS (SELECT 1 FROM workflow.deadline d WHERE d.case_id IS NULL AND d.subject_id = p.document_id
          AND d.met_at IS NULL AND d.cancelled_at IS NULL AND d.due_at <= ${p})`,
      );
    const [counted] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM workflow.policy_document p ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) t`,
      conditions.parameters,
    );
    const after = readCursor(cursor, 'instant', 'uuid');
    if (after) {
      const [at, id] = after.map((value) => conditions.parameter(value));
      conditions.always(`(p.created_at, p.document_id) < (${at}::timestamptz, ${id}::uuid)`);
    }
    const rows = await this.on.query<PolicyDocumentRow>(
      `SELECT ${COLUMNS} FROM workflow.policy_document p ${conditions.where} ORDER BY p.created_at DESC, p.document_id DESC LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const items = rows.slice(0, most);
    const last = items.at(-1);
    const more = rows.length > most && last !== undefined;
    return { items, next: more ? writeCursor([last.createdAt.toISOString(), last.id]) : null, total: totalOf(counted!.n) };
  }
}

function scoped(scope: RowScope): Conditions {
  return new Conditions().add(scope?.departmentId, (p) => `p.department_id = ${p}`);
}
