import type { DeliveryWord, ToldView } from '@huiying/contracts/http';
import { localTimeText } from '@huiying/domain';

const WORDS: Record<DeliveryWord, string> = {
  pending: '待发送',
  held: '免打扰，稍后发送',
  accepted: '已送出',
  retrying: '重试中',
  refused: '未送出',
  skipped: '已由其他渠道送出',
};
const time = (at: string | null) => (at === null ? '' : localTimeText(new Date(at)));

/** The columns of the exported ledger: asked, sent, accepted or failed on each channel, read, acknowledged. */
export function toldColumns(): readonly [string, (row: ToldView) => string][] {
  return [
    ['要求通知', (row) => time(row.askedAt)],
    ['收件人', (row) => row.recipientName],
    ['单位', (row) => row.recipientUnit ?? ''],
    ['级别', (row) => row.severity ?? ''],
    ['紧急', (row) => (row.urgency === 'urgent' ? '是' : '')],
    ['标题', (row) => row.title],
    ['各渠道', (row) => row.deliveries.map(deliveryText).join('；')],
    ['已读', (row) => time(row.readAt)],
    ['确认', (row) => time(row.acknowledged?.at ?? null)],
    ['确认方式', (row) => (row.acknowledged === null ? '' : row.acknowledged.by === 'link' ? '消息链接' : '控制台')],
  ];
}

function deliveryText({ channelName, state, attempts, sentAt, at, detail }: ToldView['deliveries'][number]): string {
  const tried = attempts > 1 ? `，第 ${attempts} 次` : '';
  const why = state === 'refused' || state === 'retrying' ? `（${detail ?? ''}）` : '';
  return `${channelName} ${time(at ?? sentAt)} ${WORDS[state]}${tried}${why}`.trim();
}
