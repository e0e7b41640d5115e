import type { ChangeMessage, NoticeMessage } from '@huiying/contracts/http';
import type { ChangeRow } from '@huiying/persistence';
import type { Actor } from '../accounts/index.js';

/** One server-sent event. */
export interface StreamEvent {
  event: 'change' | 'notice';
  position: string;
  data: ChangeMessage | NoticeMessage;
}

/** A change as this person may see it; null where it is not theirs to see. Pure. */
export function eventFor(row: ChangeRow, viewer: Pick<Actor, 'id' | 'role' | 'departmentId'>): StreamEvent | null {
  if (row.recipientId !== null) {
    if (row.recipientId !== viewer.id || row.detail === null) return null;
    return { event: 'notice', position: row.position, data: row.detail as unknown as NoticeMessage };
  }
  if (row.subjectKind === 'notice') return null;
  if (viewer.role === 'department-lead' && !row.seenByDepartments.includes(viewer.departmentId ?? '')) return null;
  const { position, kind, caseId, departmentId, title, text } = row;
  const subject = { kind: row.subjectKind, id: row.subjectId };
  const severity = row.severity as ChangeMessage['severity'];
  return {
    event: 'change',
    position,
    data: { position, at: row.at.toISOString(), kind, subject, caseId, departmentId, severity, title, text },
  };
}

/** Changes that come in bursts and are told as one, with their count. */
export function isBundled(row: ChangeRow): boolean {
  return row.kind === 'opinion.classified';
}

/** Several bundled changes as one: the last of them, with the sum in its text. Pure. */
export function bundleOf(rows: readonly ChangeRow[]): ChangeRow | null {
  const last = rows[rows.length - 1];
  if (!last) return null;
  const count = rows.reduce((sum, row) => sum + Number(row.detail?.count ?? 1), 0);
  return { ...last, text: `${count} 条新信息`, detail: { count } };
}

/** As the wire wants it. `id` is what the browser sends back as Last-Event-ID. */
export function frame(event: string, data: unknown, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
