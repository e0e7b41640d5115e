import { SOURCE_CAUSE_WORDS, type SourceView } from '@huiying/contracts/http';

/** What an officer must know of a source in one line; null while all is well. */
export function troubleOf({ state, alarm, error, cause, consecutiveFailures }: SourceView): string | null {
  if (alarm !== null) return error === null ? alarm.said : `${alarm.said}（${error}）`;
  if (state === 'failing')
    return `连续 ${consecutiveFailures} 次失败${cause === null ? '' : `，${SOURCE_CAUSE_WORDS[cause]}`}：${error ?? ''}`;
  if (state === 'ok' && cause !== null) return `能打开，但${SOURCE_CAUSE_WORDS[cause]}`;
  return null;
}

export const KIND_WORDS: Record<string, string> = {
  feed: '订阅',
  page: '网页列表',
  json: '接口',
  hotline: '接口推送',
  'hotline-pull': '热线接口（定时取）',
};
