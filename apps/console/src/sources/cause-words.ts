import type { SourceCause, SourceView } from '@huiying/contracts/http';

export const CAUSE_WORDS: Record<SourceCause, string> = {
  unreachable: '连不上',
  timeout: '响应超时',
  certificate: '证书问题',
  blocked: '疑似被拦截',
  gone: '地址失效',
  'too-large': '内容过大',
  unreadable: '内容损坏',
  'layout-changed': '疑似改版',
  empty: '列表为空',
  encoding: '疑似乱码',
  quiet: '久无新内容',
  'not-collecting': '本系统未采集',
  paused: '已暂停',
};

/** What an officer must know of a source in one line; null while all is well. */
export function troubleOf({ state, alarm, error, cause, consecutiveFailures }: SourceView): string | null {
  if (alarm !== null) return error === null ? alarm.said : `${alarm.said}（${error}）`;
  if (state === 'failing') return `连续 ${consecutiveFailures} 次失败${cause === null ? '' : `，${CAUSE_WORDS[cause]}`}：${error ?? ''}`;
  if (state === 'ok' && cause !== null) return `能打开，但${CAUSE_WORDS[cause]}`;
  return null;
}

export const KIND_WORDS: Record<string, string> = {
  feed: '订阅',
  page: '网页列表',
  json: '接口',
  hotline: '接口推送',
  'hotline-pull': '热线接口（定时取）',
};
