import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LineCounter, parseDocument, isNode } from 'yaml';
import type { z } from 'zod';

/** A configuration file cannot be used. All faults together, one per line, so that one restart mends them. */
export class BadConfig extends Error {
  /** @param path as `pathShown` gives it */
  constructor(
    readonly path: string,
    readonly faults: string[],
  ) {
    super(`${path} cannot be used:\n${faults.map((f) => `  ${f}`).join('\n')}`);
    this.name = 'BadConfig';
  }
}

/** A file as people find it again: config/topics.yaml below where we work, the whole path elsewhere. */
export function pathShown(folder: string, file: string): string {
  const path = join(folder, file);
  const below = relative(process.cwd(), path);
  return below.startsWith('..') ? path : below;
}

/**
 * Reads FILE of the configuration folder (YAML), checks it against the schema and freezes it.
 * A fault names its line and field, the rule and what came.
 * @throws BadConfig
 */
export function readConfigFile<T>(folder: string, file: string, schema: z.ZodType<T>): Readonly<T> {
  let text: string;
  try {
    text = readFileSync(join(folder, file), 'utf8');
  } catch (cause) {
    throw new BadConfig(pathShown(folder, file), [`could not be read: ${(cause as Error).message}`]);
  }
  return parseConfig(pathShown(folder, file), text, schema);
}

/** As readConfigFile, from text; faults call it by `path`. */
export function parseConfig<T>(path: string, text: string, schema: z.ZodType<T>): Readonly<T> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new BadConfig(
      path,
      document.errors.map((e) => `line ${lines.linePos(e.pos[0]).line}: ${e.message}`),
    );
  }
  const raw = plainOf(path, document);
  const checked = schema.safeParse(raw);
  if (checked.success) return deepFreeze(checked.data);
  throw new BadConfig(
    path,
    checked.error.issues.map((issue) => {
      const field = issue.path.map(String).join('.');
      const place = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path;
      const node = nearestNode(document, place as (string | number)[]);
      const line = node?.range ? `line ${lines.linePos(node.range[0]).line}: ` : '';
      return `${line}${field || '(whole file)'}: ${issue.message}`;
    }),
  );
}

/** What the document says. @throws BadConfig for an alias that leads nowhere, or that is used more often than any table needs */
function plainOf(path: string, document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new BadConfig(path, [(error as Error).message]);
  }
}

function nearestNode(document: ReturnType<typeof parseDocument>, path: (string | number)[]) {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node)) return node;
  }
  return null;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
