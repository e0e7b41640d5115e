import type { SourceAlarm, SourceCause } from '@huiying/contracts';
import { spanText } from '@huiying/domain';
import type { SourceRow } from '@huiying/persistence';
import { stateOf } from './source-health.js';

/** A source that fails now and then is no matter for a person. */
const FAILURES_TO_TELL = 3;
const FAILING_TO_TELL_MS = 3_600_000;

const GUESSES: Record<SourceCause, string> = {
  unreachable: '连不上对方网站',
  timeout: '对方响应过慢或中途断开',
  certificate: '对方 HTTPS 证书有问题',
  blocked: '疑似被对方拦截或拒绝访问',
  gone: '地址已失效（页面不存在）',
  'too-large': '内容超过大小上限',
  unreadable: '内容损坏，无法读取',
  'layout-changed': '疑似对方网站改版，原来的列表读不到了',
  empty: '能打开，但列表里没有内容',
  encoding: '内容乱码，疑似对方编码有变',
  quiet: '能正常读取，但一直没有新内容，可能停更或改版',
  'not-collecting': '本系统采集曾中断',
  paused: '已暂停',
};

/** The guess at what is the matter, in words. */
export function guessWords(cause: SourceCause): string {
  return GUESSES[cause];
}

/** What is probably the matter with a source that is out of order. */
export function causeOf(source: SourceRow): SourceCause {
  return (source.cause as SourceCause | null) ?? (source.consecutiveFailures > 0 ? 'unreachable' : 'quiet');
}

/**
 * Since when a source has been out of order in a way that a person must be told of: silent out of its rhythm, or failing for an hour.
 * Once told, it stays until the source is in order again, with the instant it was first told with: so that nobody is told twice.
 */
export function alarmSince(source: SourceRow, now: Date): Date | null {
  const state = stateOf(source, now);
  if (state === 'ok' || state === 'paused') return null;
  if (source.alarmSince !== null) return source.alarmSince;
  if (source.silentAt !== null && now > source.silentAt) return source.lastNewItemAt;
  const failingSince = source.failingSince;
  if (failingSince === null || source.consecutiveFailures < FAILURES_TO_TELL) return null;
  return now.getTime() - failingSince.getTime() >= FAILING_TO_TELL_MS ? failingSince : null;
}

/** The alarm in words. @param expectedEvery seconds between two arrivals; null while not known */
export function alarmOf(source: SourceRow, expectedEvery: number | null, now: Date): SourceAlarm | null {
  const since = alarmSince(source, now);
  if (since === null) return null;
  const cause = causeOf(source);
  const quietSince = source.lastNewItemAt ?? since;
  const silence = source.lastNewItemAt === null ? '一直没有读到内容' : `已静默 ${spanText(now.getTime() - quietSince.getTime())}`;
  const rhythm = expectedEvery === null ? '' : `，往常约每 ${spanText(expectedEvery * 1000)}有新内容`;
  return { since: since.toISOString(), cause, said: `${silence}${rhythm}；${guessWords(cause)}` };
}
