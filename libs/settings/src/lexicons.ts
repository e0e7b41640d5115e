import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readConfigFile } from './config-file.js';

const terms = z.array(z.string().min(1)).min(1);
const looseTerms = z.array(z.string().min(1)).default([]);

const group = z
  .object({
    /** Points the group adds to (or, for unrelated, takes from) the score, once per text. */
    weight: z.number().min(0).max(1),
    /** The sentence shown to the officer. */
    say: z.string().min(2),
    terms,
  })
  .strict();

/** A file of named groups. The groups are fixed, because the code gives each its meaning; the words are the city's. */
const grouped = <const G extends string>(ids: readonly G[]) =>
  z
    .object({
      about: z.string(),
      groups: z.object(Object.fromEntries(ids.map((id) => [id, group])) as Record<G, typeof group>).strict(),
      exceptions: looseTerms,
    })
    .strict();

const incident = z.object({ name: z.string().min(2), strong: terms, weak: looseTerms }).strict();

/** 突发事件应对法 第二条, as far as the press and the hotline tell the kinds apart. */
export const INCIDENT_KINDS = [
  'production-safety',
  'fire',
  'traffic',
  'environment',
  'food-safety',
  'public-health',
  'natural-disaster',
  'social-security',
] as const;

const SCHEMAS = {
  grievance: grouped(['complaint', 'ask', 'hardship', 'faint', 'inaction', 'masses', 'breadth', 'address']),
  policy: grouped(['measure', 'dispute', 'misread']),
  rumour: grouped(['hearsay', 'incite', 'refute']),
  spread: grouped(['national', 'local', 'superior', 'moral-shock']),
  unrelated: grouped([
    'entertainment',
    'sports',
    'stocks',
    'game',
    'realty-ad',
    'technology',
    'abroad',
    'lifestyle',
    'routine',
    'nationwide',
  ]),
  incident: z
    .object({
      about: z.string(),
      kinds: z
        .object(
          Object.fromEntries(INCIDENT_KINDS.map((kind) => [kind, incident])) as Record<(typeof INCIDENT_KINDS)[number], typeof incident>,
        )
        .strict(),
      /** In the same sentence they say: not happening now. */
      drill: terms,
      /** In the same clause before the word they say: feared or prevented, not happened. */
      hypothetical: terms,
      exceptions: looseTerms,
    })
    .strict(),
  sentiment: z.object({ about: z.string(), negative: terms, positive: terms, exceptions: looseTerms }).strict(),
  negation: z.object({ about: z.string(), negators: terms, notNegators: looseTerms, intensifiers: terms }).strict(),
  elsewhere: z
    .object({ about: z.string(), provinces: terms, cities: terms, abroad: terms, lookalike: looseTerms, notBefore: looseTerms })
    .strict(),
};

export type LexiconsConfig = { readonly [N in keyof typeof SCHEMAS]: Readonly<z.infer<(typeof SCHEMAS)[N]>> };
export type LexiconGroup = z.infer<typeof group>;

/** The word lists of config/lexicons/. @throws BadConfig with line, field and rule of every fault of the first bad file */
export function readLexicons(folder: string): LexiconsConfig {
  const read = (name: keyof typeof SCHEMAS) => readConfigFile(folder, `lexicons/${name}.yaml`, SCHEMAS[name] as z.ZodType);
  return Object.freeze(
    Object.fromEntries((Object.keys(SCHEMAS) as (keyof typeof SCHEMAS)[]).map((name) => [name, read(name)])),
  ) as LexiconsConfig;
}

/** Eight hexadecimal digits that change when anything in the values does: which configuration judged? */
export function configFingerprint(...values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 8);
}
