import { createHash } from 'node:crypto';
import { sourceSetting, type SourceSetting } from '@huiying/contracts';

/** A setting as a file names it: words that have yet to be checked. */
export type WrittenSetting = Record<string, unknown>;

/** One line of a file. */
export interface WrittenSource {
  line: number;
  setting: WrittenSetting;
}

const HASH_LENGTH = 6;

/** An id that an address always gives: its host and a few digits of its hash. */
export function idOfAddress(url: string): string {
  const words = new URL(url).hostname
    .toLowerCase()
    .replace(/^www\./, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 50);
  const digits = createHash('sha256').update(url).digest('hex').slice(0, HASH_LENGTH);
  return `${words === '' ? 'source' : words}-${digits}`;
}

const CHANNELS: [RegExp, SourceSetting['channel']][] = [
  [/\.gov\.cn$|\.gov\./, 'gov-site'],
  [/weibo/, 'weibo'],
  [/weixin|wechat|mp\.qq/, 'wechat'],
  [/bbs|forum|tieba|luntan/, 'forum'],
];

/** Where an address most probably belongs, for a file that does not say. */
export function channelOfAddress(url: string): SourceSetting['channel'] {
  const { hostname } = new URL(url);
  return CHANNELS.find(([form]) => form.test(hostname))?.[1] ?? 'news';
}

const FAULT_WORDS: Record<string, string> = {
  id: '标识须为小写字母、数字、短横线，以字母开头',
  name: '名称须为 1–60 个字',
  kind: '类型须为 feed、page 或 json',
  channel: '渠道须为 news、weibo、wechat、forum、gov-site 或 other',
  url: '地址须为 http 或 https 开头的完整网址',
  pollSeconds: '间隔须为 30–86400 秒的整数',
  pollSecondsMost: '最长间隔须为 30–86400 秒的整数，且不小于间隔',
  belongsToCity: '本地信源须为 true 或 false',
};

/** A line of a file as a setting, or what is wrong with it in Chinese. */
export function readWritten(written: WrittenSetting): { setting: SourceSetting } | { faults: string[] } {
  const url = typeof written.url === 'string' ? written.url.trim() : '';
  if (!URL.canParse(url)) return { faults: [FAULT_WORDS.url!] };
  const filled = {
    kind: 'feed',
    channel: channelOfAddress(url),
    belongsToCity: false,
    ...Object.fromEntries(Object.entries(written).filter(([, value]) => value !== '' && value !== undefined)),
    url,
  };
  const name = typeof written.name === 'string' && written.name.trim() !== '' ? written.name.trim().slice(0, 60) : new URL(url).hostname;
  const read = sourceSetting.safeParse({ id: idOfAddress(url), ...filled, name });
  if (read.success) return read.data.kind === 'hotline' ? { faults: [FAULT_WORDS.kind!] } : { setting: read.data };
  const faults = read.error.issues.map(({ path, message }) => FAULT_WORDS[String(path[0])] ?? `${path.join('.')} ${message}`);
  return { faults: [...new Set(faults)] };
}
