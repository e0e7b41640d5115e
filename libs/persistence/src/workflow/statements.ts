import type { SeverityLevel, StatementState } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { RowScope } from './case-files.js';
import { COUNTED_AT_MOST, Conditions, likePattern, readCursor, totalOf, writeCursor } from './conditions.js';
import type { RowPage } from './opinions.js';

export interface StatementVersionRow {
  version: number;
  title: string;
  text: string;
  writtenBy: string;
  writtenAt: Date;
  submittedBy: string | null;
  submittedAt: Date | null;
  clearedBy: string | null;
  clearedAt: Date | null;
  clearedNote: string | null;
  approvedBy: string | null;
  approvedAt: Date | null;
  approvedNote: string | null;
  sentBackBy: string | null;
  sentBackAt: Date | null;
  sentBackReason: string | null;
  publishedBy: string | null;
  publishedAt: Date | null;
  evidenceId: string | null;
}

/** A statement with the version that is shown. */
export interface StatementRow extends StatementVersionRow {
  id: string;
  caseId: string;
  caseNo: string;
  caseTitle: string;
  storyId: string;
  severity: SeverityLevel;
  topicCode: string | null;
  topicName: string | null;
  departmentId: string | null;
  state: StatementState;
  /** The version under work; `version` is the one shown. */
  currentVersion: number;
  publishedVersion: number | null;
  createdAt: Date;
  updatedAt: Date;
  url: string | null;
}

export interface NewStatement {
  id: string;
  caseId: string;
  departmentId: string | null;
  title: string;
  text: string;
  writtenBy: string;
  writtenAt: Date;
}

export interface StatementFilter {
  state?: string[];
  topic?: string[];
  q?: string;
  /** The library: the published version of each, whoever looks. */
  published?: boolean;
}

export type VersionChange = Partial<Omit<StatementVersionRow, 'version'>>;

const VERSION_COLUMNS: Record<keyof StatementVersionRow, string> = {
  version: 'version',
  title: 'title',
  text: 'text',
  writtenBy: 'written_by',
  writtenAt: 'written_at',
  submittedBy: 'submitted_by',
  submittedAt: 'submitted_at',
  clearedBy: 'cleared_by',
  clearedAt: 'cleared_at',
  clearedNote: 'cleared_note',
  approvedBy: 'approved_by',
  approvedAt: 'approved_at',
  approvedNote: 'approved_note',
  sentBackBy: 'sent_back_by',
  sentBackAt: 'sent_back_at',
  sentBackReason: 'sent_back_reason',
  publishedBy: 'published_by',
  publishedAt: 'published_at',
  evidenceId: 'evidence_id',
};
const OF_VERSION = Object.entries(VERSION_COLUMNS)
  .map(([name, column]) => `v.${column} AS "${name}"`)
  .join(', ');
const COLUMNS = `s.statement_id AS id, s.case_id AS "caseId", c.case_no AS "caseNo", c.title AS "caseTitle", c.story_id AS "storyId", c.severity,
  c.topic_code AS "topicCode", c.topic_name AS "topicName", s.department_id AS "departmentId", s.state, s.version AS "currentVersion",
  s.published_version AS "publishedVersion", s.created_at AS "createdAt", s.updated_at AS "updatedAt", e.url, ${OF_VERSION}`;
const from = (version: string): string => `workflow.statement s JOIN workflow.case_file c ON c.case_id = s.case_id
  JOIN workflow.statement_version v ON v.statement_id = s.statement_id AND v.version = ${version}
  LEFT JOIN workflow.evidence e ON e.evidence_id = v.evidence_id`;

/** Statements (口径). A department sees those of its cases; what was published anybody may read. */
export class Statements {
  constructor(private readonly on: Queries) {}

  async add(one: NewStatement): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.statement (statement_id, case_id, department_id, state, version, created_at, created_by, updated_at)
       VALUES ($1, $2, $3, 'draft', 1, $4, $5, $4)`,
      [one.id, one.caseId, one.departmentId, one.writtenAt, one.writtenBy],
    );
    await this.addVersion(one.id, 1, one);
  }

  async addVersion(id: string, version: number, one: Pick<NewStatement, 'title' | 'text' | 'writtenBy' | 'writtenAt'>): Promise<void> {
    await this.on.query(
      `INSERT INTO workflow.statement_version (statement_id, version, title, text, written_by, written_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [id, version, one.title, one.text, one.writtenBy, one.writtenAt],
    );
  }

  async change(
    id: string,
    change: { state?: StatementState; version?: number; publishedVersion?: number; updatedAt: Date },
  ): Promise<void> {
    await this.on.query(
      `UPDATE workflow.statement SET state = COALESCE($2, state), version = COALESCE($3, version),
         published_version = COALESCE($4, published_version), updated_at = $5 WHERE statement_id = $1`,
      [id, change.state ?? null, change.version ?? null, change.publishedVersion ?? null, change.updatedAt],
    );
  }

  async changeVersion(id: string, version: number, change: VersionChange): Promise<void> {
    const keys = Object.keys(change) as (keyof VersionChange)[];
    const set = keys.map((key, i) => `${VERSION_COLUMNS[key]} = $${i + 3}`).join(', ');
    await this.on.query(`UPDATE workflow.statement_version SET ${set} WHERE statement_id = $1 AND version = $2`, [
      id,
      version,
      ...keys.map((key) => change[key]),
    ]);
  }

  /** With the version under work. The caller has locked the case where it will change anything. */
  async find(id: string, scope: RowScope): Promise<StatementRow | null> {
    const conditions = scoped(scope).add(id, (p) => `s.statement_id = ${p}`);
    const [row] = await this.on.query<StatementRow>(
      `SELECT ${COLUMNS} FROM ${from('s.version')} ${conditions.where}`,
      conditions.parameters,
    );
    return row ?? null;
  }

  /** As everybody may read it; null where it was never published. */
  async findPublished(id: string): Promise<StatementRow | null> {
    const [row] = await this.on.query<StatementRow>(`SELECT ${COLUMNS} FROM ${from('s.published_version')} WHERE s.statement_id = $1`, [
      id,
    ]);
    return row ?? null;
  }

  versions(id: string): Promise<StatementVersionRow[]> {
    return this.on.query<StatementVersionRow>(
      `SELECT ${OF_VERSION} FROM workflow.statement_version v WHERE v.statement_id = $1 ORDER BY v.version`,
      [id],
    );
  }

  ofCase(caseId: string, scope: RowScope): Promise<StatementRow[]> {
    const conditions = scoped(scope).add(caseId, (p) => `s.case_id = ${p}`);
    return this.on.query<StatementRow>(
      `SELECT ${COLUMNS} FROM ${from('s.version')} ${conditions.where} ORDER BY s.created_at, s.statement_id`,
      conditions.parameters,
    );
  }

  /** Published texts a draft must agree with: those of the case, and of its topic since an instant. */
  publishedOn(caseId: string, topicCode: string | null, since: Date, most: number): Promise<StatementRow[]> {
    return this.on.query<StatementRow>(
      `SELECT ${COLUMNS} FROM ${from('s.published_version')}
       WHERE s.case_id = $1 OR (c.topic_code = $2 AND v.published_at >= $3) ORDER BY s.case_id = $1 DESC, v.published_at DESC LIMIT $4`,
      [caseId, topicCode, since, most],
    );
  }

  async page(filter: StatementFilter, scope: RowScope, cursor: string | null, most: number): Promise<RowPage<StatementRow>> {
    const conditions = (filter.published ? new Conditions() : scoped(scope))
      .add(filter.state, (p) => `s.state = ANY(${p}::text[])`)
      .add(filter.topic, (p) => `c.topic_code = ANY(${p}::text[])`)
      .add(filter.q ? likePattern(filter.q) : null, (p) => `(v.title ILIKE ${p} OR v.text ILIKE ${p} OR c.case_no ILIKE ${p})`);
    const source = from(filter.published ? 's.published_version' : 's.version');
    const [counted] = await this.on.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM (SELECT 1 FROM ${source} ${conditions.where} LIMIT ${COUNTED_AT_MOST + 1}) x`,
      conditions.parameters,
    );
    const after = readCursor(cursor, 'instant', 'uuid');
    if (after) {
      const [at, id] = after.map((value) => conditions.parameter(value));
      conditions.always(`(s.updated_at, s.statement_id) < (${at}::timestamptz, ${id}::uuid)`);
    }
    const rows = await this.on.query<StatementRow>(
      `SELECT ${COLUMNS} FROM ${source} ${conditions.where} ORDER BY s.updated_at DESC, s.statement_id DESC LIMIT ${most + 1}`,
      conditions.parameters,
    );
    const items = rows.slice(0, most);
    const last = items[items.length - 1];
    const next = rows.length > most && last ? writeCursor([last.updatedAt.toISOString(), last.id]) : null;
    return { items, next, total: totalOf(counted!.n) };
  }
}

function scoped(scope: RowScope): Conditions {
  return new Conditions().add(
    scope?.departmentId,
    (p) => `EXISTS (SELECT 1 FROM workflow.task mine WHERE mine.case_id = s.case_id AND mine.department_id = ${p})`,
  );
}
