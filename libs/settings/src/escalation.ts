import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ESCALATION_MATTERS, RUNGS, SEVERITY_LEVELS, type PolicyRule } from '@huiying/domain';
import { readConfigFile } from './config-file.js';
import { span } from './span.js';

const MINUTE = 60_000;
const usernames = z.array(z.string().min(1));
const wallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
/** At least a minute: a policy without time to acknowledge is none. */
const wait = span.refine((ms) => ms >= MINUTE, 'must be at least 1m');

const policy = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be lower-case letters, digits and dashes'),
    name: z.string().trim().min(1).max(40),
    for: z
      .object({
        matters: z.array(z.enum(ESCALATION_MATTERS)).min(1),
        severities: z.array(z.enum(SEVERITY_LEVELS)).min(1),
        /** Ids of deadline rules; left out: every clock. */
        clocks: z.array(z.string().min(1)).min(1).nullable().default(null),
        days: z.enum(['every', 'working', 'off']).default('every'),
        hours: z.object({ from: wallClock, to: wallClock }).strict().nullable().default(null),
      })
      .strict(),
    steps: z.array(z.object({ after: wait, tell: z.array(z.enum(RUNGS)).min(1) }).strict()).min(1),
    repeat: z
      .object({ every: wait, times: z.int().min(1).max(1_000).nullable().default(null) })
      .strict()
      .nullable()
      .default(null),
    idle: z
      .object({ after: wait, times: z.int().min(1).max(100).default(3) })
      .strict()
      .nullable()
      .default(null),
  })
  .strict();

export const escalationFile = z
  .object({
    people: z.object({ deputy: usernames.default([]), head: usernames.default([]) }).strict(),
    policies: z.array(policy),
  })
  .strict()
  .superRefine(({ policies }, fault) => {
    const refuse = (path: (string | number)[], message: string) => fault.addIssue({ code: 'custom', path: ['policies', ...path], message });
    policies.forEach((one, i) => {
      if (policies.findIndex((other) => other.id === one.id) < i) refuse([i, 'id'], `${one.id} is used by an earlier policy`);
      one.steps.forEach((step, k) => {
        if (k > 0 && step.after <= one.steps[k - 1]!.after) refuse([i, 'steps', k, 'after'], 'must be later than the step above');
      });
      if (one.for.clocks !== null && one.for.matters.includes('alert')) refuse([i, 'for', 'clocks'], 'an alert has no clock');
      const before = policies.slice(0, i).find((other) => covers(other.for, one.for));
      if (before) refuse([i, 'for'], `is never reached: ${before.id} above takes all of it`);
    });
  });

type Scope = z.infer<typeof policy>['for'];

/** Whether an earlier policy takes everything that a later one is for, at any hour. */
function covers(earlier: Scope, later: Scope): boolean {
  const holds = <T>(all: readonly T[], some: readonly T[]) => some.every((one) => all.includes(one));
  return (
    earlier.hours === null &&
    (earlier.days === 'every' || earlier.days === later.days) &&
    holds(earlier.matters, later.matters) &&
    holds(earlier.severities, later.severities) &&
    (earlier.clocks === null || (later.clocks !== null && holds(earlier.clocks, later.clocks)))
  );
}

/** Who stands on the upper rungs (usernames), and how what nobody acknowledges climbs to them. */
export interface EscalationConfig {
  people: { deputy: readonly string[]; head: readonly string[] };
  policies: readonly PolicyRule[];
}

const FILE = 'escalation.yaml';

/** config/escalation.yaml; a city without the file escalates nothing. @throws BadConfig with line and field of every fault */
export function readEscalation(folder: string): EscalationConfig {
  if (!existsSync(join(folder, FILE))) return { people: { deputy: [], head: [] }, policies: [] };
  const { people, policies } = readConfigFile(folder, FILE, escalationFile);
  return { people, policies: policies.map(toRule) };
}

function toRule({ id, name, for: scope, steps, repeat, idle }: z.infer<typeof policy>): PolicyRule {
  return {
    ...{ id, name, ...scope },
    steps: steps.map(({ after, tell }) => ({ afterMinutes: after / MINUTE, tell })),
    repeat: repeat && { everyMinutes: repeat.every / MINUTE, times: repeat.times },
    idle: idle && { afterMinutes: idle.after / MINUTE, times: idle.times },
  };
}
