import type { NoticeView } from '@huiying/contracts/http';

const CHANNEL_WORDS: Record<string, string> = {
  email: '邮件',
  console: '本页',
  sms: '短信',
  wecom: '企业微信',
  dingtalk: '钉钉',
  feishu: '飞书',
};
const STATE_WORDS = { pending: '待发送', accepted: '已送达', retrying: '重试中', refused: '被拒收' } as const;

/** How a notice fares on one channel: 邮件已送达. */
export function deliveryWords({ channel, state }: NoticeView['deliveries'][number]): string {
  return `${CHANNEL_WORDS[channel] ?? channel}${STATE_WORDS[state]}`;
}
