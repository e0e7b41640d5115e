import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readConfigFile } from './config-file.js';

/** What a system may do at our API: hand in records, read work orders, act on them. */
export const API_SCOPES = ['records:write', 'orders:read', 'orders:write'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes, starting with a letter');

/** A system that has a key in HUIYING_API_KEYS, by that key's name. One that is not listed may hand in records and nothing else. */
const client = z
  .object({
    name,
    scopes: z.array(z.enum(API_SCOPES)).min(1),
    /** Requests a minute, per process; a burst of a tenth of it is let through at once. */
    requestsPerMinute: z.int().min(1).max(600_000).default(6_000),
    /** Refuses requests that are not signed. */
    mustSign: z.boolean().default(false),
  })
  .strict();
export type ApiClient = z.infer<typeof client>;

export const hotlineFile = z
  .object({ clients: z.array(client).default([]) })
  .strict()
  .superRefine(({ clients }, fault) => {
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
