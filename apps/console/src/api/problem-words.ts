import type { Problem } from '@huiying/contracts/http';
import { hourMinute, monthDayTime, dayNumber } from '../time/beijing.js';
import { Refused, Unreachable } from './request.js';

/** What kind of page a failure gets. */
export type FailureKind = 'offline' | 'forbidden' | 'not-found' | 'conflict' | 'bad-input' | 'other';

export function failureKind(error: unknown): FailureKind {
  if (error instanceof Unreachable) return 'offline';
  if (!(error instanceof Refused)) return 'other';
  const kinds: Record<number, FailureKind> = { 400: 'bad-input', 403: 'forbidden', 404: 'not-found', 409: 'conflict' };
  return kinds[error.problem.status] ?? 'other';
}

/** A failure in one Chinese sentence for the person who met it. */
export function failureWords(error: unknown): string {
  if (error instanceof Unreachable) return '连不上服务器，请检查网络后重试。';
  if (error instanceof Refused) return error.problem.message || error.problem.detail;
  return error instanceof Error && error.message !== '' ? error.message : '出现了意外的错误。';
}

/** Who did what when, for a refusal because somebody else was first: 张伟 已于 14:05 签收. */
export function conflictWords(problem: Problem, nowMs: number): string {
  const { conflict } = problem;
  if (conflict === undefined) return problem.message;
  const time = dayNumber(conflict.at) === dayNumber(nowMs) ? hourMinute(conflict.at) : monthDayTime(conflict.at);
  return `${conflict.by} 已于 ${time} ${conflict.what}`;
}

export interface FieldFault {
  /** The path as a form knows it: evidence.url becomes ['evidence', 'url'], tasks.0.role ['tasks', 0, 'role']. */
  name: (string | number)[];
  message: string;
}

/** The faults of a bad-input refusal, each beside its field. */
export function fieldFaults(error: unknown): FieldFault[] {
  if (!(error instanceof Refused)) return [];
  return (error.problem.faults ?? []).map(({ field, message }) => ({
    name: field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    message,
  }));
}
