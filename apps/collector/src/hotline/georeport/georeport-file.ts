import type { HotlineRecordInput } from '@huiying/contracts/http';
import { BadInput, type Fault } from '@huiying/domain';
import { Parser } from 'htmlparser2';

/** What a file of GeoReport v2 holds. */
export type GeoreportFile =
  | { kind: 'services'; services: Record<string, unknown>[] }
  | { kind: 'definition'; definition: Record<string, unknown> }
  | { kind: 'requests'; records: HotlineRecordInput[] }
  /** Answers to a POST or to a token: numbers, and nothing to take in. */
  | { kind: 'numbers'; numbers: string[] };

const LISTS = new Set(['services', 'service_requests', 'attributes', 'values', 'errors']);

/**
 * Reads a file of GeoReport v2, XML or JSON.
 * @param lenient takes what the standard's own examples misprint: numbers that begin with 0 (service_code 001) are read as text
 * @throws BadInput naming line, column and field
 */
export function readGeoreport(text: string, lenient: boolean): GeoreportFile {
  const trimmed = text.replace(/^\ufeff/, '').trim();
  if (trimmed.startsWith('<')) return fileOf(ofXml(trimmed));
  return fileOf(ofJson(lenient ? trimmed.replace(JSON_TOKEN, quoteLeadingZero) : trimmed, trimmed));
}

/** A string, or a number: only outside of strings is a number one. */
const JSON_TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
const hasLeadingZero = (token: string) => /^-?0\d/.test(token);
const quoteLeadingZero = (token: string) => (hasLeadingZero(token) ? `"${token}"` : token);

function ofJson(text: string, asItCame: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const misprint = [...asItCame.matchAll(JSON_TOKEN)].find(([token]) => hasLeadingZero(token));
    if (!misprint) throw bad('(file)', 'must be JSON or XML', `不是 JSON 或 XML：${(error as Error).message}`);
    const before = asItCame.slice(0, misprint.index).split('\n');
    const field = /"(\w+)"\s*:\s*$/.exec(before.at(-1)!)?.[1] ?? '(number)';
    throw bad(
      field,
      `must not be a number that begins with 0 (line ${before.length}, column ${before.at(-1)!.length + 1})`,
      `第 ${before.length} 行第 ${before.at(-1)!.length + 1} 列：${field} 写成了 ${misprint[0]}，JSON 的数不能以 0 开头，应加引号 "${misprint[0]}"；加 --lenient 按文字读入`,
    );
  }
}

type Node = { name: string; text: string; children: Node[] };

/** Entities of the document's own are not read: htmlparser2 knows none. */
function ofXml(text: string): unknown {
  const root: Node = { name: '', text: '', children: [] };
  const open = [root];
  const parser = new Parser(
    {
      onopentag: (name) => {
        const node = { name, text: '', children: [] };
        open.at(-1)!.children.push(node);
        open.push(node);
      },
      ontext: (piece) => void (open.at(-1)!.text += piece),
      onclosetag: () => void open.pop(),
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(text);
  const [first] = root.children;
  return first === undefined ? null : valueOf(first);
}

function valueOf({ name, text, children }: Node): unknown {
  if (LISTS.has(name)) return children.map(valueOf);
  if (children.length === 0) return text.trim() === '' ? null : text.trim();
  return Object.fromEntries(children.map((child) => [child.name, valueOf(child)]));
}

function fileOf(value: unknown): GeoreportFile {
  const all = (Array.isArray(value) ? value : [value]).filter(
    (one): one is Record<string, unknown> => typeof one === 'object' && one !== null,
  );
  const [first] = all;
  if (first === undefined)
    throw bad('(file)', 'must hold services, a service definition or requests', '文件里没有服务、服务定义或服务请求');
  if ('attributes' in first) return { kind: 'definition', definition: first };
  if ('status' in first) return { kind: 'requests', records: all.map(recordOf) };
  if ('service_request_id' in first) return { kind: 'numbers', numbers: all.map((one, i) => needed(one, 'service_request_id', i)) };
  if ('service_name' in first) {
    all.forEach((one, i) => needed(one, 'service_code', i));
    return { kind: 'services', services: all };
  }
  throw bad('(file)', 'must hold services, a service definition or requests', '认不出是服务、服务定义还是服务请求');
}

/** A request of another system as a hotline record; its version grows with the time of its last change. */
function recordOf(request: Record<string, unknown>, index: number): HotlineRecordInput {
  const get = (name: string) => textOf(request[name]);
  const requested = needed(request, 'requested_datetime', index);
  const updated = get('updated_datetime') ?? requested;
  const status = needed(request, 'status', index);
  if (status !== 'open' && status !== 'closed')
    throw bad(`${index}.status`, 'must be open or closed', `第 ${index + 1} 条 status 应为 open、closed`);
  const minutes = Math.floor(Date.parse(updated) / 60_000);
  if (Number.isNaN(minutes))
    throw bad(`${index}.updated_datetime`, 'must be a date and time', `第 ${index + 1} 条 updated_datetime 不是时间`);
  const [lat, long, media] = [Number(get('lat') ?? NaN), Number(get('long') ?? NaN), get('media_url')];
  const name = get('service_name') ?? get('service_code') ?? '服务请求';
  return {
    orderNo: needed(request, 'service_request_id', index),
    version: Math.max(1, minutes),
    title: name,
    content: get('description') ?? name,
    source: 'Open311',
    categoryCode: get('service_code'),
    category: get('service_name'),
    address: get('address'),
    location: Number.isNaN(lat) || Number.isNaN(long) ? null : { latitude: lat, longitude: long },
    attachments: media === null || !/^https?:\/\/\S+$/.test(media) ? [] : [{ name: '附图', url: media }],
    leadUnit: get('agency_responsible'),
    receivedAt: requested,
    dueAt: get('expected_datetime'),
    ...(status === 'closed' ? { reply: get('status_notes') ?? '已办结', repliedAt: updated } : {}),
  };
}

function needed(value: Record<string, unknown>, field: string, index: number): string {
  const text = textOf(value[field]);
  if (text === null) throw bad(`${index}.${field}`, 'must be given', `第 ${index + 1} 条缺 ${field}`);
  return text;
}

/** Numbers and texts alike: the standard's examples print both. */
function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? null : text;
}

function bad(field: string, rule: string, message: string): BadInput {
  return new BadInput([{ field, rule, message } satisfies Fault]);
}
