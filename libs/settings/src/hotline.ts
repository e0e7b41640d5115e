import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { API_SCOPES, requestsPerMinute, systemName, type ApiScope } from '@huiying/contracts/http';
import { readConfigFile } from './config-file.js';

export { API_SCOPES, type ApiScope };

const name = systemName;

/**
 * A system that has a key, by that key's name. One that is listed neither here nor on the console may hand in records and nothing else; what
 * stands here goes before what stands on the console.
 */
const client = z
  .object({
    name,
    scopes: z.array(z.enum(API_SCOPES)).min(1),
    /** Requests a minute, per process; a burst of a tenth of it is let through at once. */
    requestsPerMinute: requestsPerMinute.default(60_000),
    /** Refuses requests that are not signed. */
    mustSign: z.boolean().default(false),
  })
  .strict();
export type ApiClient = z.infer<typeof client>;

const path = z.string().regex(/^[^\s.]+(\.[^\s.]+)*$|^$/, 'must be names joined by dots, e.g. data.list');

/**
 * An interface of a hotline that we ask for its orders. Placeholders in query, headers and body: {from} {to} the window, {page} {offset}
 * {size} paging, {cursor} what it gave us last, {secret} its secret in HUIYING_PULL_SECRETS.
 */
const pull = z
  .object({
    id: name,
    name: z.string().trim().min(1).max(60),
    url: z.url({ protocol: /^https?$/ }),
    method: z.enum(['GET', 'POST']).default('GET'),
    everySeconds: z.int().min(10).max(86_400).default(120),
    /** A window begins so long before the last one ended, for records that were written down late. */
    overlapSeconds: z.int().min(0).max(604_800).default(600),
    /** No window is longer: a long time away is caught up in pieces. */
    windowHours: z.int().min(1).max(8_784).default(24),
    /** Where the first window begins. */
    startAt: z.iso.datetime({ offset: true }),
    pageSize: z.int().min(1).max(5_000).default(200),
    firstPage: z.int().min(0).max(1).default(1),
    timeFormat: z.enum(['beijing', 'iso', 'seconds', 'milliseconds']).default('beijing'),
    query: z.record(z.string(), z.string()).default({}),
    headers: z.record(z.string(), z.string()).default({}),
    body: z.record(z.string(), z.unknown()).nullable().default(null),
    answer: z
      .object({
        items: path,
        cursor: path.nullable().default(null),
        more: path.nullable().default(null),
        success: z
          .object({ path, equals: z.union([z.string(), z.number(), z.boolean()]) })
          .strict()
          .nullable()
          .default(null),
      })
      .strict(),
    /** FIELD: COLUMN, where its names are not known by themselves; inner columns by their path (caller.name). */
    columns: z.record(z.string(), z.union([z.string(), z.array(z.string())])).default({}),
  })
  .strict();
export type HotlinePull = z.infer<typeof pull>;

/**
 * A system that is told of every change of a work order (回调). Its secret stands in HUIYING_CALLBACK_SECRETS=ID:SECRET,…; requests are signed
 * with it as ours are that come in, under the id as x-key-name.
 */
const callback = z
  .object({
    id: name,
    name: z.string().trim().min(1).max(60),
    url: z.url({ protocol: /^https?$/ }),
    /** Folder of config/hotline with its mapping.yaml. */
    adapter: name.default('huiying-json'),
    /** The key by which the same system hands in records: what it told us itself is not told back. */
    client: name.nullable().default(null),
    /** Whether it is told of the knowledge base too: each entry that changes, expires or is withdrawn. */
    knowledge: z.boolean().default(false),
    /**
     * 对账, every day: of the day before, by what `url` gives ({day} is put in; the answer is as a system hands it in, { orders: [...] });
     * without a url it must have handed it in by then, or the desk is told.
     */
    reconcile: z
      .object({
        at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM'),
        url: z
          .url({ protocol: /^https?$/ })
          .nullable()
          .default(null),
        /** Days that were missed are made up for, so many back. */
        lookBackDays: z.int().min(1).max(31).default(3),
      })
      .strict()
      .nullable()
      .default(null),
    /** How long a callback that fails is tried again. */
    giveUpDays: z.int().min(1).max(60).default(7),
    concurrency: z.int().min(1).max(64).default(8),
    timeoutSeconds: z.int().min(1).max(120).default(15),
  })
  .strict();
export type HotlineCallback = z.infer<typeof callback>;

export const hotlineFile = z
  .object({ clients: z.array(client).default([]), pulls: z.array(pull).default([]), callbacks: z.array(callback).default([]) })
  .strict()
  .superRefine(({ clients, pulls, callbacks }, fault) => {
    callbacks.forEach((one, i) => {
      if (callbacks.findIndex((other) => other.id === one.id) < i)
        fault.addIssue({ code: 'custom', path: ['callbacks', i, 'id'], message: `${one.id} is used by an earlier callback` });
    });
    pulls.forEach((one, i) => {
      if (pulls.findIndex((other) => other.id === one.id) < i)
        fault.addIssue({ code: 'custom', path: ['pulls', i, 'id'], message: `${one.id} is used by an earlier pull` });
    });
    clients.forEach((one, i) => {
      if (clients.findIndex((other) => other.name === one.name) < i)
        fault.addIssue({ code: 'custom', path: ['clients', i, 'name'], message: `${one.name} is used by an earlier client` });
    });
  });
export type HotlineConfig = z.infer<typeof hotlineFile>;

const FILE = 'hotline.yaml';

/** config/hotline.yaml; a city without the file has the defaults. @throws BadConfig with all faults at once */
export function readHotline(folder: string): Readonly<HotlineConfig> {
  return existsSync(join(folder, FILE)) ? readConfigFile(folder, FILE, hotlineFile) : hotlineFile.parse({});
}

/** The client of a key's name, listed or not. */
export function clientOf(config: HotlineConfig, keyName: string): ApiClient {
  return config.clients.find((one) => one.name === keyName) ?? client.parse({ name: keyName, scopes: ['records:write'] });
}
