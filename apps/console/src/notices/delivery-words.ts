import type { DeliveryWord, NoticeDelivery } from '@huiying/contracts/http';

/** 已送出: the other end took it. That somebody read it, only 已读 and 已确认 say. */
export const DELIVERY_WORDS: Record<DeliveryWord, string> = {
  pending: '待发送',
  held: '免打扰，稍后发送',
  accepted: '已送出',
  retrying: '重试中',
  refused: '未送出',
  skipped: '已由其他渠道送出',
};

/** How a notice fares on one channel: 邮件已送出. */
export function deliveryWords({ channelName, state }: NoticeDelivery): string {
  return `${channelName}${DELIVERY_WORDS[state]}`;
}
