import { DAY_MS } from '@huiying/domain';
import { GeoreportError } from '@huiying/platform';
import type { Georeport } from '@huiying/settings';

const SPAN_DAYS = 90;
/** Answered at once, and without `page_size`: GeoReport v2, "90 days or first 1000 requests returned, whichever is smallest". */
export const REQUESTS_AT_MOST = 1_000;

/** What GET requests asks for. */
export interface AskedRequests {
  ids: string[] | null;
  from: Date;
  to: Date;
  status: ('open' | 'closed')[] | null;
  services: string[] | null;
  offset: number;
  size: number;
}

/** Reads the parameters as the standard says; an empty one is as if it were not there. @throws GeoreportError naming the parameter */
export function askedRequests(
  query: Readonly<Record<string, unknown>>,
  { services }: Pick<Georeport, 'services'>,
  now: Date,
): AskedRequests {
  const listed = (name: string) => listOf(textOf(query, name));
  const ids = listed('service_request_id');
  if (ids !== null && ids.length > REQUESTS_AT_MOST) throw new GeoreportError(400, `service_request_id：一次最多 ${REQUESTS_AT_MOST} 个`);
  const codes = listed('service_code');
  const unknown = codes?.find((code) => !services.some((one) => one.code === code));
  if (unknown !== undefined) throw new GeoreportError(404, `service_code：没有服务 ${unknown.slice(0, 40)}`);
  const status = listed('status');
  const wrong = status?.find((one) => one !== 'open' && one !== 'closed');
  if (wrong !== undefined) throw new GeoreportError(400, `status：应为 open、closed，当前为 ${wrong.slice(0, 40)}`);
  const size = countOf(query, 'page_size', REQUESTS_AT_MOST) ?? REQUESTS_AT_MOST;
  const page = countOf(query, 'page', 1_000_000) ?? 1;
  return {
    ids,
    ...spanOf(instantOf(query, 'start_date'), instantOf(query, 'end_date'), now),
    status: status as AskedRequests['status'],
    services: codes,
    offset: (page - 1) * size,
    size,
  };
}

/** The most recent 90 days; with one end given, 90 days from it. @throws GeoreportError for more, or none */
function spanOf(start: Date | null, end: Date | null, now: Date): { from: Date; to: Date } {
  const span = SPAN_DAYS * DAY_MS;
  const to = end ?? (start === null ? now : new Date(Math.min(Math.max(now.getTime(), start.getTime()), start.getTime() + span)));
  const from = start ?? new Date(to.getTime() - span);
  if (from > to) throw new GeoreportError(400, 'start_date 晚于 end_date');
  if (to.getTime() - from.getTime() > span) throw new GeoreportError(400, `start_date 到 end_date 不能超过 ${SPAN_DAYS} 天`);
  return { from, to };
}

function textOf(query: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = query[name];
  if (value === undefined || value === '') return null;
  // "can be declared multiple times, comma delimited"
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(',');
  if (typeof value !== 'string' || value.length > 65_000) throw new GeoreportError(400, `${name}：应为文字`);
  return value;
}

function listOf(text: string | null): string[] | null {
  const list = (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  return list.length === 0 ? null : list;
}

function countOf(query: Readonly<Record<string, unknown>>, name: string, most: number): number | null {
  const text = textOf(query, name);
  if (text === null) return null;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) throw new GeoreportError(400, `${name}：应为 1–${most} 的整数，当前为 ${text.slice(0, 40)}`);
  return count;
}

/** W3C NOTE-datetime; a zone is a must. */
function instantOf(query: Readonly<Record<string, unknown>>, name: string): Date | null {
  const text = textOf(query, name);
  if (text === null) return null;
  // A + that was not escaped in the address came as a space.
  const written = text.replace(/ (\d{2}:\d{2})$/, '+$1');
  const at = new Date(written);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(written) || Number.isNaN(at.getTime()))
    throw new GeoreportError(400, `${name}：应为带时区的时间，如 2026-11-23T00:00:00+08:00，当前为 ${text.slice(0, 40)}`);
  return at;
}
