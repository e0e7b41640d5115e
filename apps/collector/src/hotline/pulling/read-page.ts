import type { HotlinePull } from '@huiying/settings';
import type { PulledPage } from './pull-plan.js';

/** An answer that is not what the setting says it is. */
export class UnreadablePage extends Error {
  constructor(
    message: string,
    readonly said: string,
  ) {
    super(message);
    this.name = 'UnreadablePage';
  }
}

/** Reads one answer by the paths of the setting. @throws UnreadablePage */
export function readPage({ answer }: HotlinePull, bytes: Buffer): PulledPage {
  const document = jsonOf(bytes);
  if (answer.success !== null) {
    const came = at(document, answer.success.path);
    if (came !== answer.success.equals) {
      const told = JSON.stringify(came)?.slice(0, 100);
      throw new UnreadablePage(`${answer.success.path} is ${told}`, `热线接口报告失败（${answer.success.path} 为 ${told}）`);
    }
  }
  const items = at(document, answer.items);
  if (!Array.isArray(items)) throw new UnreadablePage(`${answer.items} is no list`, `返回内容里没有“${answer.items}”列表，接口可能已变`);
  const cursor = answer.cursor === null ? null : at(document, answer.cursor);
  const more = answer.more === null ? null : at(document, answer.more);
  const isText = typeof cursor === 'string' || typeof cursor === 'number';
  return { items, cursor: isText ? String(cursor) : null, more: more === null || more === undefined ? null : isYes(more) };
}

/** The columns of an item, inner ones by their path (caller.name). */
export function columnsOf(item: unknown): Record<string, unknown> | null {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return null;
  const flat: Record<string, unknown> = {};
  const add = (value: object, before: string, depth: number): void => {
    for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
      const path = `${before}${name}`;
      flat[path] = inner;
      if (typeof inner === 'object' && inner !== null && !Array.isArray(inner) && depth < 4) add(inner, `${path}.`, depth + 1);
    }
  };
  add(item, '', 0);
  return flat;
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
  } catch {
    throw new UnreadablePage('the answer is no JSON', '返回内容不是 JSON，接口地址或密钥可能有误');
  }
}

/** The value at a path of names and positions (data.list, result.0.rows); '' is the document itself. */
function at(document: unknown, path: string): unknown {
  if (path === '') return document;
  return path.split('.').reduce<unknown>((value, name) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    return (value as Record<string, unknown>)[name];
  }, document);
}

function isYes(value: unknown): boolean {
  return value === true || value === 1 || (typeof value === 'string' && /^(true|1|y|yes|是)$/i.test(value));
}
