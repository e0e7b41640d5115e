import { cutText, lengthOf, type TextLimit } from '@huiying/text';
import type { Message, MessageItem } from './notifier.js';

const REPEAT = '（可能重复：上次发送未确认是否成功）';
const more = (n: number): string => `另有 ${n} 条，请登录控制台查看。`;

/**
 * A message as plain text within a limit. Title and links stand whole before a word of a body does; what does not fit of a bundle is
 * counted. Titles alone are cut where even they do not fit.
 */
export function plainText({ recipientName, items, isRepeat }: Message, limit: TextLimit): string {
  const head = isRepeat ? [REPEAT] : [];
  if (items.length === 1) return single(items[0]!, [...head], recipientName, limit);
  const lines = [...head, `${recipientName}，您有 ${items.length} 条通知：`];
  for (const [i, item] of items.entries()) {
    const part = `${i + 1}. ${item.title}\n${linksOf(item).join('\n')}`;
    const rest = items.length - i - 1;
    const whole = [...lines, part, ...(rest > 0 ? [more(rest)] : [])].join('\n');
    if (lengthOf(whole, limit.measure) > limit.most) return cutText([...lines, more(rest + 1)].join('\n'), limit);
    lines.push(part);
  }
  return lines.join('\n');
}

function single(item: MessageItem, head: string[], recipientName: string, limit: TextLimit): string {
  const links = linksOf(item);
  const without = [...head, item.title, ...links, recipientName].join('\n');
  const room = limit.most - lengthOf(`${without}\n`, limit.measure);
  if (room < 0) return cutText([...head, item.title, ...links].join('\n'), limit);
  const cut = cutText(item.body, { ...limit, most: room });
  const body = cut === '…' ? '' : cut;
  return [...head, item.title, ...(body === '' ? [] : [body]), ...links, recipientName].join('\n');
}

function linksOf({ viewUrl, acknowledgeUrl }: MessageItem): string[] {
  return [...(acknowledgeUrl === null ? [] : [`确认知悉：${acknowledgeUrl}`]), `查看处理：${viewUrl}`];
}
