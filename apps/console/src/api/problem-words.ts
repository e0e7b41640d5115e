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

/** What is said where somebody was first: 张伟 已于 14:05 签收. `me` is who asks: they may have been first themselves, in another window. */
export function conflictNotice(
  { conflict, message }: Problem,
  nowMs: number,
  me: string | undefined,
): { title: string; description: string } {
  const renewed = '页面已更新为最新状态。';
  if (conflict === undefined) return { title: '此步未执行', description: `${message.replace(/。$/, '')}。${renewed}` };
  const time = dayNumber(conflict.at) === dayNumber(nowMs) ? hourMinute(conflict.at) : monthDayTime(conflict.at);
  const [first, who] = conflict.by === me ? ['您在别处', '您在别处（另一窗口或设备）'] : ['他人', `${conflict.by} `];
  return { title: `此步未执行：${first}已先处理`, description: `${who}已于 ${time} ${conflict.what}。${renewed}` };
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
