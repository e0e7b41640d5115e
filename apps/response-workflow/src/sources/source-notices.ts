import type { SourceReportedV1 } from '@huiying/contracts';
import { spanText } from '@huiying/domain';
import type { SourceReport } from '@huiying/persistence';
import type { ToldFact } from '../notifying/index.js';

/** With more sources out of order at once the trouble is probably ours, and one notice says more than thirty. */
export const TOLD_ONE_BY_ONE = 5;

/** What of a source's report people must be told: that it is out of order, or that it is in order again. Each `since` once. Pure. */
export function sourceFact(event: SourceReportedV1, before: SourceReport | null): ToldFact | null {
  const { sourceId, name, alarm, state, error } = event.data;
  const base = {
    severity: 'IV',
    urgency: 'normal',
    link: `/sources?open=${encodeURIComponent(sourceId)}`,
    caseId: null,
    causedBy: event.id,
  } as const;
  if (alarm) {
    const why = error === null ? '' : `（${error}）`;
    return {
      ...base,
      fact: `source:${sourceId}:out:${alarm.since}`,
      about: { kind: 'source-out' },
      title: `【信源异常】${name}`,
      body: `${alarm.said}${why}。期间该信源上的舆情可能未被看到，系统会持续重试。`,
    };
  }
  const was = before?.alarm;
  if (!was || state !== 'ok') return null;
  const lasted = spanText(Date.parse(event.occurredAt) - Date.parse(was.since));
  return {
    ...base,
    fact: `source:${sourceId}:back:${was.since}`,
    about: { kind: 'source-back' },
    title: `【信源恢复】${name}`,
    body: `已恢复正常，异常历时约 ${lasted}。未看到的时段已记入覆盖记录。`,
  };
}

/** One notice for many sources out of order at once, at most one an hour. Pure. */
export function manyOutFact(count: number, event: SourceReportedV1): ToldFact {
  return {
    fact: `sources:out:${event.occurredAt.slice(0, 13)}`,
    about: { kind: 'source-out' },
    severity: 'IV',
    urgency: 'urgent',
    title: `【信源异常】${count} 个信源同时异常`,
    body: '多个信源同时抓取失败或静默，请先检查本机网络、域名解析和出口防火墙，再查看信源页各项原因。',
    link: '/sources?state=failing,silent',
    caseId: null,
    causedBy: event.id,
  };
}
