import { isReminder, type NextStep } from '@huiying/domain';
import type { DeadlineRow } from '@huiying/persistence';

/** A step of a clock in the words of a notice. Pure. */
export interface StepWords {
  title: string;
  body: string;
}

/** `【逾期】首次权威信息 望舆〔2026〕17号` */
export function stepWords(row: DeadlineRow, next: NextStep, responsible: string): StepWords {
  const { rule } = row.deadline;
  const mark = isReminder(row.deadline) ? '提醒' : next.step.kind === 'breach' ? '逾期' : `时限已过 ${next.step.percent}%`;
  const late = next.late ? '（系统恢复后补发）' : '';
  return {
    title: `【${mark}】${rule.name} ${row.no}`,
    body: `${row.title}。${next.reason}，责任单位：${responsible}。依据：${rule.document}。${late}`,
  };
}
