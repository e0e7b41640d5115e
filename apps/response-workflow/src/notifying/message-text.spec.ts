import { lengthOf } from '@huiying/text';
import { plainText } from './message-text.js';
import type { Message, MessageItem } from './notifier.js';

const item = (more: Partial<MessageItem> = {}): MessageItem => ({
  noticeId: 'n',
  urgency: 'urgent',
  title: '【II级预警】望北化工园夜里冒黄烟',
  body: '研判为II级（重大）。'.repeat(50),
  viewUrl: 'https://h.cn/alerts/1',
  acknowledgeUrl: 'https://h.cn/a/TOKEN',
  ...more,
});
const message = (...items: MessageItem[]): Message => ({ id: 'm', address: '1', recipientName: '陆文婧', isRepeat: false, items });

it('cuts the body, never title or links', () => {
  const text = plainText(message(item()), { most: 200, measure: 'bytes' });
  expect(text).toMatch(
    /^【II级预警】望北化工园夜里冒黄烟\n研判为.*…\n确认知悉：https:\/\/h\.cn\/a\/TOKEN\n查看处理：https:\/\/h\.cn\/alerts\/1\n陆文婧$/s,
  );
});

it('leaves the body out where there is no room', () => {
  expect(plainText(message(item()), { most: 76, measure: 'units' })).toBe(
    '【II级预警】望北化工园夜里冒黄烟\n确认知悉：https://h.cn/a/TOKEN\n查看处理：https://h.cn/alerts/1\n陆文婧',
  );
});

it('lists a bundle and counts what did not fit', () => {
  const many = message(...Array.from({ length: 9 }, (_, i) => item({ title: `第${i}件`, acknowledgeUrl: null })));
  expect(plainText(many, { most: 160, measure: 'units' })).toBe(
    '陆文婧，您有 9 条通知：\n1. 第0件\n查看处理：https://h.cn/alerts/1\n2. 第1件\n查看处理：https://h.cn/alerts/1\n3. 第2件\n查看处理：https://h.cn/alerts/1\n另有 6 条，请登录控制台查看。',
  );
  expect(plainText(many, { most: 4000, measure: 'bytes' })).not.toContain('另有');
});

it('says that it may be a second time', () =>
  expect(plainText({ ...message(item()), isRepeat: true }, { most: 2048, measure: 'bytes' })).toMatch(/^（可能重复/));

it.each([...Array(60).keys()].map((n) => n * 20))('stays within %i bytes', (most) => {
  for (const given of [message(item()), message(item(), item({ title: '🏭'.repeat(90) }))]) {
    const text = plainText(given, { most, measure: 'bytes' });
    expect(lengthOf(text, 'bytes')).toBeLessThanOrEqual(most);
    expect(Buffer.from(text).toString()).toBe(text);
  }
});
