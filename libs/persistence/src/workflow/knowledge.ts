import type { Queries } from '../database.js';
import { COUNTED_AT_MOST, Conditions, readCursor, totalOf, writeCursor } from './conditions.js';
import type { RowPage } from './opinions.js';
import { searchQuery, searchWords } from './search-words.js';

export interface KnowledgeText {
  title: string;
  question: string;
  answer: string;
  legalBasis: string | null;
  url: string | null;
  departmentId: string | null;
  region: string | null;
  keywords: string[];
  /** YYYY-MM-DD. */
  validFrom: string | null;
  expiresOn: string | null;
}

export interface KnowledgeRow {
  id: string;
  version: number;
  /** How often it changed; what is pushed carries it. */
  changes: number;
  state: 'draft' | 'active' | 'withdrawn';
  content: KnowledgeText;
  sourceKind: 'statement' | 'interpretation' | 'hand';
  sourceId: string | null;
  documentId: string | null;
  changedAt: Date;
  changedBy: string;
}

export interface ListedKnowledge extends KnowledgeRow {
  changeNo: string;
  cited: number;
}

export interface KnowledgeFilter {
  q?: string;
  state?: string[];
  department?: string;
  source?: string[];
  /** The document that it rests on is no longer in force, and it would outlast it. */
  outlasting?: boolean;
  /** YYYY-MM-DD in China: whether an entry has expired is a matter of the day. */
  today: string;
}

export interface CiteRow {
  kind: 'task' | 'statement';
  id: string;
  entryId: string;
  version: number;
  at: Date;
  by: string;
}

const COLUMNS = `k.entry_id AS id, k.version, k.changes, k.state, k.content, k.source_kind AS "sourceKind", k.source_id AS "sourceId",
  k.document_id AS "documentId", k.changed_at AS "changedAt", k.changed_by AS "changedBy", k.change_no::text AS "changeNo"`;
const CITED = `(SELECT count(*)::int FROM workflow.knowledge_cite c WHERE c.entry_id = k.entry_id) AS cited`;
const STATE = (today: string) => `CASE WHEN k.state = 'active' AND k.expires_on < ${today}::date THEN 'expired' ELSE k.state END`;
const OUTLASTING = `k.state <> 'withdrawn' AND EXISTS (SELECT 1 FROM workflow.policy_document d WHERE d.document_id = k.document_id
  AND d.ended IS NOT NULL AND (k.expires_on IS NULL OR k.expires_on > (d.ended->>'lastDay')::date))`;
/** Held by whoever changes an entry until its commit, so that change numbers are seen in their order. */
const CHANGING = 7_340_012;

/** The knowledge base (知识库). */
export class Knowledge {
  constructor(private readonly on: Queries) {}

  async find(id: string): Promise<ListedKnowledge | null> {
    const [row] = await this.on.query<ListedKnowledge>(
      `SELECT ${COLUMNS}, ${CITED} FROM workflow.knowledge_entry k WHERE k.entry_id = $1`,
      [id],
    );
    return row ?? null;
  }

  async lock(id: string): Promise<KnowledgeRow | null> {
    const [row] = await this.on.query<KnowledgeRow>(`SELECT ${COLUMNS} FROM workflow.knowledge_entry k WHERE k.entry_id = $1 FOR UPDATE`, [
      id,
    ]);
    return row ?? null;
  }

  async ofSource(kind: KnowledgeRow['sourceKind'], sourceId: string): Promise<KnowledgeRow | null> {
    const [row] = await this.on.query<KnowledgeRow>(
      `SELECT ${COLUMNS} FROM workflow.knowledge_entry k WHERE k.source_kind = $1 AND k.source_id = $2 FOR UPDATE`,
      [kind, sourceId],
    );
    return row ?? null;
  }

  ofDocument(documentId: string): Promise<KnowledgeRow[]> {
    return this.on.query<KnowledgeRow>(`SELECT ${COLUMNS} FROM workflow.knowledge_entry k WHERE k.document_id = $1 ORDER BY k.entry_id`, [
      documentId,
    ]);
  }

  lockOfDocument(documentId: string): Promise<KnowledgeRow[]> {
    return this.on.query<KnowledgeRow>(
      `SELECT ${COLUMNS} FROM workflow.knowledge_entry k WHERE k.document_id = $1 ORDER BY k.entry_id FOR UPDATE`,
      [documentId],
    );
  }

  /** Keeps an entry as it stands now; a version that is new is kept for good. */
  async save(row: KnowledgeRow, reason: string): Promise<void> {
    await this.on.query(`SELECT pg_advisory_xact_lock(${CHANGING})`);
    const { title, question, answer, keywords } = row.content;
    const words = searchWords([title, question, answer, keywords.join(' ')].join('\n'));
    await this.on.query(
      `INSERT INTO workflow.knowledge_entry (entry_id, change_no, changes, version, state, content, expires_on, source_kind, source_id, document_id, words, changed_at, changed_by)
       VALUES ($1, nextval('workflow.knowledge_change'), $2, $3, $4, $5, $6, $7, $8, $9, array_to_tsvector($10::text[]), $11, $12)
       ON CONFLICT (entry_id) DO UPDATE SET change_no = excluded.change_no, changes = excluded.changes, version = excluded.version,
         state = excluded.state, has_expired = false, content = excluded.content, expires_on = excluded.expires_on, document_id = excluded.document_id, words = excluded.words,
         changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
      [
        row.id,
        row.changes,
        row.version,
        row.state,
        JSON.stringify(row.content),
        row.content.expiresOn,
        row.sourceKind,
        row.sourceId,
        row.documentId,
        words,
        row.changedAt,
        row.changedBy,
      ],
    );
    await this.on.query(
      `INSERT INTO workflow.knowledge_version (entry_id, version, content, reason, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING`,
      [row.id, row.version, JSON.stringify(row.content), reason, row.changedAt, row.changedBy],
    );
  }

  /** Entries whose last day is over and of which that was not told; from now on it is. */
  async expire(today: string): Promise<KnowledgeRow[]> {
    const due = await this.on.query<{ id: string }>(
      `SELECT entry_id AS id FROM workflow.knowledge_entry WHERE state = 'active' AND NOT has_expired AND expires_on < $1::date LIMIT 500`,
      [today],
    );
    if (due.length === 0) return [];
    await this.on.query(`SELECT pg_advisory_xact_lock(${CHANGING})`);
    return this.on.query<KnowledgeRow>(
      `UPDATE workflow.knowledge_entry k SET has_expired = true, changes = changes + 1, change_no = nextval('workflow.knowledge_change')
       WHERE k.entry_id = ANY($2::uuid[]) AND k.state = 'active' AND NOT k.has_expired AND k.expires_on < $1::date RETURNING ${COLUMNS}`,
      [today, due.map(({ id }) => id)],
    );
  }

  async page(filter: KnowledgeFilter, cursor: string | null, most: number): Promise<RowPage<ListedKnowledge>> {
    const conditions = conditionsOf(filter);
    const [counted] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM workflow.knowledge_entry k ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) x`,
      conditions.parameters,
    );
    const after = readCursor(cursor, 'bigint');
    if (after) conditions.add(after[0], (p) => `k.change_no < ${p}::bigint`);
    const rows = await this.on.query<ListedKnowledge>(
      `SELECT ${COLUMNS}, ${CITED} FROM workflow.knowledge_entry k ${conditions.where} ORDER BY k.change_no DESC LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const last = rows[most - 1];
    return {
      items: rows.slice(0, most),
      next: rows.length > most && last ? writeCursor([last.changeNo]) : null,
      total: totalOf(counted!.n),
    };
  }

  /** What changed after a change number, in its order; drafts are nobody else's. Waits for those who are changing, so that none is passed over. */
  async changedAfter(changeNo: string, most: number): Promise<ListedKnowledge[]> {
    await this.on.query(`SELECT pg_advisory_xact_lock_shared(${CHANGING})`);
    return this.on.query<ListedKnowledge>(
      `SELECT ${COLUMNS}, 0 AS cited FROM workflow.knowledge_entry k WHERE k.change_no > $1::bigint AND k.state <> 'draft' ORDER BY k.change_no LIMIT $2`,
      [changeNo, most],
    );
  }

  versions(id: string) {
    return this.on.query<{ version: number; content: KnowledgeText; reason: string; changedAt: Date; changedBy: string }>(
      `SELECT version, content, reason, changed_at AS "changedAt", changed_by AS "changedBy" FROM workflow.knowledge_version
       WHERE entry_id = $1 ORDER BY version DESC`,
      [id],
    );
  }

  /** Cites entries as they stand now; what was cited before by the same stays with its version. Gives those that exist. */
  async cite(kind: CiteRow['kind'], id: string, entryIds: readonly string[], { at, by }: { at: Date; by: string }): Promise<number> {
    const rows = await this.on.query(
      `INSERT INTO workflow.knowledge_cite (subject_kind, subject_id, entry_id, version, at, by)
       SELECT $1, $2, entry_id, version, $4, $5 FROM workflow.knowledge_entry WHERE entry_id = ANY($3::uuid[]) ON CONFLICT DO NOTHING RETURNING 1`,
      [kind, id, entryIds, at, by],
    );
    return rows.length;
  }

  /** Takes cites away that were made after an instant: what was published with them keeps them. Gives how many. */
  async uncite(kind: CiteRow['kind'], id: string, entryIds: readonly string[], after: Date | null): Promise<number> {
    const rows = await this.on.query(
      `DELETE FROM workflow.knowledge_cite WHERE subject_kind = $1 AND subject_id = $2 AND entry_id = ANY($3::uuid[])
         AND at > COALESCE($4::timestamptz, '-infinity') RETURNING 1`,
      [kind, id, entryIds, after],
    );
    return rows.length;
  }

  citesOf(kind: CiteRow['kind'], id: string): Promise<(CiteRow & { entry: KnowledgeRow })[]> {
    return this.on.query(
      `SELECT c.subject_kind AS kind, c.subject_id AS id, c.entry_id AS "entryId", c.version, c.at, c.by,
         json_build_object('version', k.version, 'state', k.state, 'content', k.content) AS entry
       FROM workflow.knowledge_cite c JOIN workflow.knowledge_entry k USING (entry_id)
       WHERE c.subject_kind = $1 AND c.subject_id = $2 ORDER BY c.at, c.entry_id`,
      [kind, id],
    );
  }

  citedBy(entryId: string): Promise<CiteRow[]> {
    return this.on.query<CiteRow>(
      `SELECT subject_kind AS kind, subject_id AS id, entry_id AS "entryId", version, at, by FROM workflow.knowledge_cite
       WHERE entry_id = $1 ORDER BY at DESC LIMIT 50`,
      [entryId],
    );
  }
}

function conditionsOf({ q, state, department, source, outlasting, today }: KnowledgeFilter): Conditions {
  const conditions = new Conditions()
    .add(department, (p) => `k.content->>'departmentId' = ${p}`)
    .add(source, (p) => `k.source_kind = ANY(${p}::text[])`);
  if (outlasting) conditions.always(OUTLASTING);
  if (state !== undefined) {
    const [day, states] = [conditions.parameter(today), conditions.parameter(state)];
    conditions.always(`${STATE(day)} = ANY(${states}::text[])`);
  }
  const query = q === undefined ? null : searchQuery(q);
  return q === undefined
    ? conditions
    : query === null
      ? conditions.always('false')
      : conditions.add(query.tsquery, (p) => `k.words @@ ${p}::tsquery`);
}
