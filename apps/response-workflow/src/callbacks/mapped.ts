import { localTimeText } from '@huiying/domain';
import { xmlText } from '@huiying/platform';
import { serviceOf, type AdapterField, type Georeport, type HotlineAdapter } from '@huiying/settings';
import type { OrderCallback } from './callback-form.js';

/** What goes over the wire. */
export interface WireRequest {
  method: string;
  /** The receiver's address with the adapter's path. */
  url: string;
  contentType: string;
  body: string;
}

type Value = string | number | boolean | null;

/** A callback as the receiver's adapter wants it. Pure. */
export function mapped(adapter: HotlineAdapter, address: string, callback: OrderCallback): WireRequest {
  const path = adapter.path.replaceAll('{orderNo}', encodeURIComponent(callback.orderNo)).replaceAll('{seq}', String(callback.seq));
  const url = `${address.replace(/\/$/, '')}${path}`;
  if (adapter.fields === 'whole') return { method: adapter.method, url, contentType: 'application/json', body: JSON.stringify(callback) };
  const source = adapter.georeport === null ? callback : withService(adapter.georeport, callback);
  return { method: adapter.method, url, ...written(adapter, valuesOf(adapter, adapter.fields, source)) };
}

/** The service that an order is of, pushed or asked for alike. */
export function withService<C extends Pick<OrderCallback, 'order'>>(georeport: Georeport, callback: C) {
  const { code, name, notice } = serviceOf(georeport.services, callback.order);
  return { ...callback, service: { code, name, notice } };
}

/** The fields of an adapter, filled from what is in our own words. @throws nothing: what a path does not lead to is null */
export function valuesOf(
  { codes }: Pick<HotlineAdapter, 'codes'>,
  fields: Readonly<Record<string, AdapterField>>,
  source: object,
): [name: string, value: Value][] {
  return Object.entries(fields).map(([name, field]) => [name, valueOf(field, source, codes)]);
}

/** Whether the receiver took it, by its answer's body where the adapter says so. */
export function isTaken(adapter: HotlineAdapter, body: string): boolean {
  if (adapter.success === null) return true;
  try {
    return at(JSON.parse(body), adapter.success.path) === adapter.success.equals;
  } catch {
    return false;
  }
}

function written({ format, root }: HotlineAdapter, values: readonly [string, Value][]): { contentType: string; body: string } {
  if (format === 'xml') {
    const lines = values.map(([name, value]) => `<${name}>${xmlText(value === null ? '' : String(value))}</${name}>`);
    return { contentType: 'text/xml; charset=utf-8', body: `<?xml version="1.0" encoding="utf-8"?>\n<${root}>${lines.join('')}</${root}>` };
  }
  if (format === 'form') {
    const pairs = values.flatMap(([name, value]): [string, string][] => (value === null ? [] : [[name, String(value)]]));
    return { contentType: 'application/x-www-form-urlencoded', body: new URLSearchParams(pairs).toString() };
  }
  return { contentType: 'application/json', body: JSON.stringify(nested(values)) };
}

function valueOf(field: AdapterField, source: object, codes: HotlineAdapter['codes']): Value {
  if (typeof field === 'string') return plain(at(source, field));
  if (field.value !== undefined) return field.value;
  const raw = at(source, field.from!);
  if (raw === null || raw === undefined || raw === '') return field.default ?? null;
  if (Array.isArray(raw)) return raw.join(field.join ?? ',');
  if (field.time !== undefined) return timeOf(String(raw), field.time);
  const word = plain(raw);
  return field.codes === undefined ? word : (codes[field.codes]?.[String(word)] ?? word);
}

function timeOf(instant: string, form: 'iso' | 'beijing' | 'seconds' | 'milliseconds'): Value {
  const at = new Date(instant);
  if (form === 'seconds') return Math.floor(at.getTime() / 1000);
  if (form === 'milliseconds') return at.getTime();
  if (form === 'iso') return at.toISOString();
  return `${localTimeText(at)}:${String(at.getUTCSeconds()).padStart(2, '0')}`;
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
      value,
    );
}

function plain(value: unknown): Value {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as Value);
}

/** `a.b` becomes { a: { b } }. */
function nested(values: readonly [string, Value][]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of values) {
    const keys = name.split('.');
    let inner = out;
    for (const key of keys.slice(0, -1)) inner = (inner[key] ??= {}) as Record<string, unknown>;
    inner[keys.at(-1)!] = value;
  }
  return out;
}
