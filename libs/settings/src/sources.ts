import { sourceSetting, type SourceSetting } from '@huiying/contracts';
import { z } from 'zod';
import { readConfigFile } from './config-file.js';

export const sourcesFile = z
  .object({ sources: z.array(sourceSetting).min(1) })
  .strict()
  .superRefine(({ sources }, fault) => {
    sources.forEach(({ id, url }, i) => {
      if (sources.findIndex((s) => s.id === id) < i)
        fault.addIssue({ code: 'custom', path: ['sources', i, 'id'], message: `${id} is used by an earlier source` });
      if (url !== null && sources.findIndex((s) => s.url === url) < i)
        fault.addIssue({ code: 'custom', path: ['sources', i, 'url'], message: 'is polled by an earlier source already' });
    });
  });

export type { SourceSetting };

/** The sources of config/sources.yaml. @throws BadConfig with all faults at once */
export function readSources(folder: string): readonly Readonly<SourceSetting>[] {
  return readConfigFile(folder, 'sources.yaml', sourcesFile).sources;
}
