import type { EvidenceKind } from '@huiying/domain';
import type { Queries } from '../database.js';
import type { RowScope } from './case-files.js';
import type { HistoryOf } from './timeline.js';

export interface EvidenceRow {
  id: string;
  /** null where it is of an order or a document. */
  caseId: string | null;
  /** Set where it is of no case. */
  of?: HistoryOf | null;
  taskId: string | null;
  kind: EvidenceKind;
  url: string | null;
  publishedAt: Date;
  note: string;
  fileName: string | null;
  sha256: string | null;
  /** Why the page could not be kept. */
  captureFailure: string | null;
  registeredAt: Date;
  registeredBy: string;
}

export interface EvidenceFile {
  mediaType: string;
  bytes: Buffer;
}

const COLUMNS = `evidence_id AS id, case_id AS "caseId", task_id AS "taskId", kind, url, published_at AS "publishedAt", note,
  file_name AS "fileName", sha256, capture_failure AS "captureFailure", registered_at AS "registeredAt", registered_by AS "registeredBy",
  CASE WHEN subject_id IS NOT NULL THEN json_build_object('kind', subject_kind, 'id', subject_id) END AS of`;

/**
 * $2 is a department, or null for the desk. What is no publication is for whom it concerns: an answer for the department of its task or
 * promise, the papers of an investigation for the department that it names.
 */
const SEEN = `($2::text IS NULL OR e.kind NOT IN ('reply', 'report')
  OR EXISTS (SELECT FROM workflow.investigation i WHERE e.kind = 'report' AND i.case_id = e.case_id AND i.department_id = $2)
  OR EXISTS (SELECT FROM workflow.task t WHERE t.task_id = e.task_id AND t.department_id = $2)
  OR EXISTS (SELECT FROM workflow.commitment m WHERE m.case_id = e.case_id AND m.evidence_id = e.evidence_id AND m.department_id = $2))`;

/** Proof of publication (停表证据), with the bytes that were kept of it. */
export class EvidenceFiles {
  constructor(private readonly on: Queries) {}

  async add(row: EvidenceRow, file: EvidenceFile | null): Promise<void> {
    await this.on.write(
      `INSERT INTO workflow.evidence (evidence_id, case_id, task_id, kind, url, published_at, note, file_name, sha256, capture_failure,
         registered_at, registered_by, subject_kind, subject_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        row.id,
        row.caseId,
        row.taskId,
        row.kind,
        row.url,
        row.publishedAt,
        row.note,
        row.fileName,
        row.sha256,
        row.captureFailure,
        row.registeredAt,
        row.registeredBy,
        row.of?.kind ?? null,
        row.of?.id ?? null,
      ],
    );
    if (file) await this.on.write(`INSERT INTO workflow.evidence_file VALUES ($1, $2, $3)`, [row.id, file.mediaType, file.bytes]);
  }

  ofCase(caseId: string, scope: RowScope = null): Promise<EvidenceRow[]> {
    return this.on.query<EvidenceRow>(
      `SELECT ${COLUMNS} FROM workflow.evidence e WHERE case_id = $1 AND ${SEEN} ORDER BY registered_at, evidence_id`,
      [caseId, scope?.departmentId ?? null],
    );
  }

  /** The proof of a hotline order or a policy document. */
  ofSubject(id: string): Promise<EvidenceRow[]> {
    return this.on.query<EvidenceRow>(
      `SELECT ${COLUMNS} FROM workflow.evidence WHERE case_id IS NULL AND subject_id = $1 ORDER BY registered_at, evidence_id`,
      [id],
    );
  }

  async find(id: string, scope: RowScope = null): Promise<EvidenceRow | null> {
    const [row] = await this.on.query<EvidenceRow>(`SELECT ${COLUMNS} FROM workflow.evidence e WHERE evidence_id = $1 AND ${SEEN}`, [
      id,
      scope?.departmentId ?? null,
    ]);
    return row ?? null;
  }

  async file(id: string): Promise<EvidenceFile | null> {
    const [row] = await this.on.query<EvidenceFile>(
      `SELECT media_type AS "mediaType", bytes FROM workflow.evidence_file WHERE evidence_id = $1`,
      [id],
    );
    return row ?? null;
  }
}
