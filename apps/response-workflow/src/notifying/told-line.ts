import type { NewTimelineEntry } from '@huiying/persistence';
import { SYSTEM } from '../timeline/index.js';

/** A notice that reached somebody, as the history tells it. */
export interface Reached {
  noticeId: string;
  fact: string;
  title: string;
  caseId: string | null;
  channel: string;
  /** As people read it. */
  channelName: string;
  recipientName: string;
  /** Set for a department's lead: what another department was told is not for every reader. */
  departmentId: string | null;
}

const ALERT_FACT = /^alert:([0-9a-f-]{36}):/;

/** `已以邮件通知何静：【交办】望舆〔2026〕17号`. Null where the notice is of no case and no alert. Pure. */
export function toldLine(reached: Reached, at: Date): NewTimelineEntry | null {
  const { noticeId, fact, title, caseId, channel, channelName, recipientName, departmentId } = reached;
  const alertId = ALERT_FACT.exec(fact)?.[1] ?? null;
  if (caseId === null && alertId === null) return null;
  return {
    at,
    kind: 'notice.delivered',
    caseId,
    alertId,
    departmentId,
    text: `已以${channelName}通知${recipientName}：${title}`,
    actor: SYSTEM,
    detail: { noticeId, channel, fact },
  };
}
