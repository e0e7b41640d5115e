import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readConfigFile } from './config-file.js';

export const catalogueId = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'must be lower-case letters, digits, dots and dashes');

const entry = z
  .object({
    code: z.string().min(1).max(40),
    /** From the first level to the last. */
    path: z.array(z.string().min(1)).min(1).max(6),
    /** 映射列: codes of config/topics.yaml that it stands for. */
    topics: z.array(z.string()).default([]),
  })
  .strict();

const schema = z
  .object({
    id: catalogueId,
    title: z.string().min(2),
    version: z.coerce.string().min(1),
    /** Where it was taken from, e.g. DB44/T 2479—2024 附录A. */
    source: z.string().min(2),
    entries: z.array(entry).min(1),
  })
  .strict()
  .superRefine(({ entries }, ctx) => {
    const seen = new Set<string>();
    entries.forEach(({ code }, i) => {
      if (seen.has(code)) ctx.addIssue({ code: 'custom', path: ['entries', i, 'code'], message: `code ${code} is given twice` });
      seen.add(code);
    });
  });

/** A catalogue of matters (事项目录) in one version: what a city calls its topics, by a standard's codes or its own. */
export type CatalogueConfig = z.infer<typeof schema>;
export type CatalogueEntry = z.infer<typeof entry>;

/** One of config/catalogues. @throws BadConfig with line, field and rule of every fault */
export function readCatalogue(folder: string, id: string): Readonly<CatalogueConfig> {
  return readConfigFile(folder, `catalogues/${id}.yaml`, schema);
}

/** The ids of the catalogues there are. */
export function catalogueIds(folder: string): string[] {
  return readdirSync(join(folder, 'catalogues')).filter((file) => file.endsWith('.yaml')).map((file) => file.slice(0, -5)).sort(); // prettier-ignore
}

/**
 * The entry of a catalogue that a text of one of our topics falls under: of those mapped to the topic, the one whose last name has most
 * to do with the words of the text; else the first. Null where the catalogue maps nothing to the topic.
 */
export function entryFor(catalogue: Readonly<CatalogueConfig>, topic: string, text: string): CatalogueEntry | null {
  let best: { entry: CatalogueEntry; share: number } | null = null;
  for (const one of catalogue.entries) {
    if (!one.topics.includes(topic)) continue;
    const share = shareOf(one.path.at(-1)!, text);
    if (best === null || share > best.share) best = { entry: one, share };
  }
  return best?.entry ?? null;
}

/** How many of the name's pairs of characters stand in the text, 0..1. */
function shareOf(name: string, text: string): number {
  const pairs = Array.from({ length: Math.max(0, name.length - 1) }, (_, i) => name.slice(i, i + 2));
  return pairs.length === 0 ? 0 : pairs.filter((pair) => text.includes(pair)).length / pairs.length;
}
