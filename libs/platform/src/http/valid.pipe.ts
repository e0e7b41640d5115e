import type { PipeTransform } from '@nestjs/common';
import { BadInput, type Fault } from '@huiying/domain';
import type { z } from 'zod';
import { issueWords, ruleWords } from './issue-words.js';
import { UNSTORABLE } from './problem.filter.js';

/** `@Body(valid(schema))`: the body (or query) as the schema reads it. @throws BadInput with every fault, in English and Chinese */
export function valid<S extends z.ZodType>(schema: S): PipeTransform<unknown, z.output<S>> {
  return { transform: (value: unknown) => check(schema, value) };
}

/** @throws BadInput */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value ?? {});
  if (!read.success) throw new BadInput(faultsOf(schema, value ?? {}, read.error));
  const faults = unstorableIn(read.data, '');
  if (faults.length > 0) throw new BadInput(faults);
  return read.data;
}

/** Deeper than this nothing is that a form or a system sends; a reader that follows it would run out of its stack. */
const DEEPEST = 100;

/** Texts that the database cannot hold: with U+0000, or with half of a character (a text that was cut within an emoji). */
function unstorableIn(value: unknown, field: string, depth = 0): Fault[] {
  if (typeof value === 'string') return value.includes('\0') || /\p{Cs}/u.test(value) ? [unstorable(field || '(body)')] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (depth === DEEPEST)
    return [{ field: field.slice(0, 80), rule: `must not be nested deeper than ${DEEPEST}`, message: `${field.slice(0, 80)}：嵌套过深` }];
  return Object.entries(value).flatMap(([name, inner]) => unstorableIn(inner, field === '' ? name : `${field}.${name}`, depth + 1));
}

function unstorable(field: string): Fault {
  return {
    field,
    rule: 'must hold no U+0000 and no half of a surrogate pair',
    message: `${field}：${UNSTORABLE}`,
  };
}

/** What is wrong with a value, field by field. What came is shown only where it is short and no secret. */
export function faultsOf(schema: z.ZodType, value: unknown, error: z.ZodError): Fault[] {
  const said = schema.safeParse(value, { error: issueWords });
  return error.issues.map((issue, index) => {
    const field = issue.path.map(String).join('.') || '(body)';
    const got = at(value, issue.path);
    const message = `${field}：${ruleWords(issue.message) ?? said.error?.issues[index]?.message ?? issue.message}`;
    return { field, rule: issue.message, message, ...(isTellable(field, got) ? { got } : {}) };
  });
}

function at(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (inner === null || inner === undefined) return undefined;
    return (typeof inner === 'string' ? listedIn(inner) : (inner as Record<PropertyKey, unknown>))[key as number];
  }, value);
}

/** The parts of a list as a query writes it: `a,b,c`. */
export function listedIn(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function isTellable(field: string, got: unknown): boolean {
  if (/password|secret|key|token|phone|caller|queryCode/i.test(field)) return false;
  return got === null || ['number', 'boolean'].includes(typeof got) || (typeof got === 'string' && got.length <= 80);
}
