import type { Queries } from '../database.js';
import { placing } from '../number-to-come.js';
import { auditInsert, type AuditEntry } from './audit-trail.js';
import { CHANGE_CHANNEL, changeInsert, type NewChange } from './changes.js';
import { timelineInsert, type NewTimelineEntry } from './timeline.js';

/** What the steps of one transaction leave behind: lines of history, changes for open consoles, entries of the audit trail. */
export interface StepLines {
  lines: readonly NewTimelineEntry[];
  changes: readonly NewChange[];
  audits: readonly AuditEntry[];
}

/** Writes all of it in one statement: a step tells of itself in several tables, and each way to the server costs more than the rows. */
export async function writeStepLines(on: Queries, { lines, changes, audits }: StepLines): Promise<void> {
  const parameters: unknown[] = [];
  const place = placing(parameters);
  const parts = [
    ...(lines.length > 0 ? [`lines AS (${timelineInsert(lines, place)})`] : []),
    ...(changes.length > 0 ? [`changes AS (${changeInsert(changes, place)})`] : []),
    ...(audits.length > 0 ? [`audited AS (${auditInsert(audits, place)})`] : []),
  ];
  if (parts.length === 0) return;
  const last = audits.length > 0 ? `INSERT INTO workflow.audit_unsealed SELECT audit_id FROM audited` : `SELECT 1`;
  await on.write(`WITH ${parts.join(', ')} ${last}`, parameters);
  if (changes.length > 0) on.tell(CHANGE_CHANNEL, '');
}
