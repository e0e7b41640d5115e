import { channel } from '@huiying/contracts';
import { z } from 'zod';
import { readConfigFile } from './config-file.js';

/** One source (信源). An unknown key is a fault, not a wish. */
const source = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes, starting with a letter'),
    name: z.string().trim().min(1).max(60),
    /** feed: polled at its url. hotline: 12345 records are posted to us. */
    kind: z.enum(['feed', 'hotline']),
    channel,
    url: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    pollSeconds: z
      .int()
      .min(30, 'must be a whole number from 30 to 86400')
      .max(86_400, 'must be a whole number from 30 to 86400')
      .default(300),
    /** A local source: a text without a place name is taken to be about this city. */
    belongsToCity: z.boolean(),
    /** Zone of dates that name none, e.g. -05:00; without it they are read as Beijing time. */
    zone: z
      .string()
      .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'must be like +08:00')
      .optional(),
  })
  .strict()
  .superRefine((entry, fault) => {
    if (entry.kind === 'feed' && entry.url === null)
      fault.addIssue({ code: 'custom', path: ['url'], message: 'a feed needs the address to poll' });
    if (entry.kind === 'hotline' && entry.url !== null)
      fault.addIssue({ code: 'custom', path: ['url'], message: 'a hotline is posted to us and has no address to poll' });
    if ((entry.kind === 'hotline') !== (entry.channel === 'hotline'))
      fault.addIssue({ code: 'custom', path: ['channel'], message: 'must be hotline exactly where kind is hotline' });
  });

export const sourcesFile = z
  .object({ sources: z.array(source).min(1) })
  .strict()
  .superRefine(({ sources }, fault) => {
    sources.forEach(({ id, url }, i) => {
      if (sources.findIndex((s) => s.id === id) < i)
        fault.addIssue({ code: 'custom', path: ['sources', i, 'id'], message: `${id} is used by an earlier source` });
      if (url !== null && sources.findIndex((s) => s.url === url) < i)
        fault.addIssue({ code: 'custom', path: ['sources', i, 'url'], message: 'is polled by an earlier source already' });
    });
  });

export type SourceSetting = z.infer<typeof source>;

/** The sources of config/sources.yaml. @throws BadConfig with all faults at once */
export function readSources(folder: string): readonly Readonly<SourceSetting>[] {
  return readConfigFile(folder, 'sources.yaml', sourcesFile).sources;
}
