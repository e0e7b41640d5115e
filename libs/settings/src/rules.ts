import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  dayNumber,
  EVIDENCE_KINDS,
  mergeRules,
  MILESTONES,
  RULE_TRIGGERS,
  RULE_UNITS,
  SEVERITY_LEVELS,
  STANDARD_KINDS,
  START_FACTS,
  UNWRITTEN,
  type DeadlineRule,
  type Jurisdiction,
  type Standard,
  type StartFact,
} from '@huiying/domain';
import { parseConfig, readConfigFile } from './config-file.js';

/** A real day as YYYY-MM-DD. */
export const localDate = z.string().refine(
  (text) => {
    try {
      return Number.isInteger(dayNumber(text));
    } catch {
      return false;
    }
  },
  { error: (issue) => `must be a day as YYYY-MM-DD, got ${JSON.stringify(issue.input)}` },
);

const words = z.string().trim().min(1, 'must not be empty');
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day as HH:MM, at most 24:00');

const warnPoint = z.union(
  [
    z.object({ percent: z.number().gt(0).lt(100) }).strict(),
    z.object({ workingDaysLeft: z.int().min(0).max(100), at: timeOfDay }).strict(),
  ],
  { error: 'must be { percent: 1..99 } or { workingDaysLeft: 0.., at: HH:MM }' },
);

const fields = {
  name: words,
  trigger: z.enum(RULE_TRIGGERS),
  severities: z.array(z.enum(SEVERITY_LEVELS)).min(1),
  matters: z.array(words),
  adopted: z.boolean(),
  startsFrom: z.array(z.enum(Object.keys(START_FACTS) as StartFact[])).min(1),
  length: z.number().gt(0, 'must be more than 0').max(10_000),
  unit: z.enum(RULE_UNITS),
  cutoff: timeOfDay,
  owner: z.enum(['department', 'duty-officer', 'supervisor']),
  ownerText: words,
  milestone: z.enum(MILESTONES),
  metBy: z.array(z.enum(EVIDENCE_KINDS)).min(1),
  pausableFor: z.array(words),
  extension: z
    .object({ most: z.number().gt(0, 'must be more than 0').max(10_000), times: z.int().min(1).max(20), approver: words })
    .strict()
    .nullable(),
  document: words,
  clause: words.nullable(),
  certainty: words,
  effectiveFrom: localDate,
  effectiveUntil: localDate.nullable(),
  warnAt: z.array(warnPoint),
  text: words,
};
const identity = { id: z.string().regex(/^[A-Z]{2,3}-\d{2}[a-z]?\d?$/, 'must be like OP-01, HL-06a or HL-06b1'), version: words };

const nationalFile = z
  .object({
    rules: z
      .array(
        z
          .object({
            ...identity,
            ...fields,
            severities: fields.severities.default([...SEVERITY_LEVELS]),
            matters: fields.matters.default([...UNWRITTEN.matters]),
            adopted: fields.adopted.default(UNWRITTEN.adopted),
            pausableFor: fields.pausableFor.default([...UNWRITTEN.pausableFor]),
            extension: fields.extension.default(UNWRITTEN.extension),
            cutoff: timeOfDay.default('24:00'),
            clause: words.nullable().default(null),
            effectiveUntil: localDate.nullable().default(null),
          })
          .strict(),
      )
      .min(1),
  })
  .strict()
  .superRefine((file, context) => checkRules(file.rules, context));

/** A local entry holds only what differs; a field that loosens a rule without its own 文号 is a fault at its own line. */
function localFile(above: readonly DeadlineRule[], jurisdiction: Exclude<Jurisdiction, 'national'>) {
  return z
    .object({ rules: z.array(z.object({ ...identity, ...z.object(fields).partial().shape }).strict()) })
    .strict()
    .superRefine((file, context) => {
      const { rules, faults } = mergeRules(above, file.rules, jurisdiction);
      for (const fault of faults)
        context.addIssue({ code: 'custom', path: ['rules', fault.index, fault.field], message: `${fault.rule}（${fault.message}）` });
      if (faults.length > 0) return;
      checkRules(rules.slice(above.length), context);
      file.rules.forEach(({ id, version }, index) => {
        const taken = above.some((rule) => rule.id === id && rule.version === version && rule.jurisdiction === jurisdiction);
        if (taken)
          context.addIssue({
            code: 'custom',
            path: ['rules', index, 'version'],
            message: `${id} ${version} stands above: an edit needs a new version`,
          });
      });
    });
}

/**
 * The deadline rules of config/rules: national.yaml, and over it province.yaml and city.yaml where they are there.
 * @throws BadConfig naming line and field, also where a local rule loosens one above it without its own 文号
 */
export function readRules(folder: string): readonly DeadlineRule[] {
  let rules: DeadlineRule[] = readConfigFile(folder, 'rules/national.yaml', nationalFile).rules.map((rule) => ({
    ...rule,
    jurisdiction: 'national',
  }));
  for (const jurisdiction of ['province', 'city'] as const) {
    const file = `rules/${jurisdiction}.yaml`;
    if (!existsSync(join(folder, file))) continue;
    rules = mergeRules(rules, readConfigFile(folder, file, localFile(rules, jurisdiction)).rules, jurisdiction).rules;
  }
  return Object.freeze(rules.map((rule) => Object.freeze(rule)));
}

/**
 * The rules with what a city entered beside its file laid over them; written and checked like its file.
 * @throws BadConfig naming line and field
 */
export function layRules(above: readonly DeadlineRule[], yaml: string): readonly DeadlineRule[] {
  const file = parseConfig(SUPPLEMENT, yaml, localFile(above, 'city'));
  return Object.freeze(mergeRules(above, file.rules, 'city').rules.map((rule) => Object.freeze(rule)));
}

const SUPPLEMENT = 'rules/supplement (entered on the console)';

type Checked = Pick<
  DeadlineRule,
  'id' | 'version' | 'unit' | 'length' | 'cutoff' | 'extension' | 'effectiveFrom' | 'effectiveUntil' | 'warnAt'
>;

function checkRules(rules: readonly Checked[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  rules.forEach((rule, index) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: ['rules', index, field], message });
    const key = `${rule.id} ${rule.version}`;
    if (seen.has(key)) refuse('version', `${key} stands twice: an edit needs a new version`);
    seen.add(key);
    if (rule.unit !== 'hours' && !Number.isInteger(rule.length)) refuse('length', `must be a whole number of days, got ${rule.length}`);
    if (rule.unit !== 'hours' && rule.extension && !Number.isInteger(rule.extension.most))
      refuse('extension', `must be a whole number of days, got ${rule.extension.most}`);
    if (rule.unit === 'hours' && rule.cutoff !== '24:00') refuse('cutoff', 'is for days only: hours run on');
    if (rule.unit === 'hours' && rule.warnAt.some((point) => 'workingDaysLeft' in point))
      refuse('warnAt', 'workingDaysLeft is for days only');
    if (rule.effectiveUntil !== null && rule.effectiveUntil <= rule.effectiveFrom) refuse('effectiveUntil', 'must be after effectiveFrom');
  });
}

const standardsFile = z
  .object({
    standards: z.array(
      z
        .object({
          ...identity,
          name: words,
          kind: z.enum(STANDARD_KINDS),
          measure: words,
          adopted: z.boolean().default(true),
          ownerText: words,
          document: words,
          clause: words.nullable().default(null),
          certainty: words,
          text: words,
        })
        .strict(),
    ),
  })
  .strict();

/** What is demanded and no clock can count: config/rules/standards.yaml; none where the file is not there. @throws BadConfig */
export function readStandards(folder: string): readonly Standard[] {
  const file = 'rules/standards.yaml';
  return existsSync(join(folder, file)) ? readConfigFile(folder, file, standardsFile).standards : [];
}
