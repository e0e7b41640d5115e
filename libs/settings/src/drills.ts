import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SEVERITY_LEVELS } from '@huiying/domain';
import { BadConfig, pathShown, readConfigFile } from './config-file.js';
import { span } from './span.js';

const words = z.string().trim().min(1);
const instant = z
  .string()
  .refine(
    (text) => /(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text)),
    'must be an instant with its zone, as 2026-02-13T23:30+08:00',
  )
  .transform((text) => new Date(text));
const desk = { after: span, by: z.enum(['officer', 'leader']) };

const step = z.discriminatedUnion('do', [
  z.object({ do: z.literal('confirm'), ...desk, severity: z.enum(SEVERITY_LEVELS) }).strict(),
  z.object({ do: z.literal('assign'), ...desk, department: words }).strict(),
  z.object({ do: z.literal('publish'), ...desk, kind: z.enum(['statement', 'press-conference']) }).strict(),
  z.object({ do: z.literal('acknowledge'), after: span, department: words }).strict(),
  z.object({ do: z.literal('return'), after: span, department: words, reason: words }).strict(),
]);

const schema = z
  .object({
    title: words,
    startsAt: instant,
    story: z.object({ title: words, text: words, level: z.enum(SEVERITY_LEVELS), department: words.nullable() }).strict(),
    /** What people do, in order; what is not here nobody does. */
    steps: z.array(step),
    runsFor: span,
  })
  .strict()
  .superRefine(({ steps }, context) => {
    steps.forEach(({ after }, index) => {
      if (index > 0 && after < steps[index - 1]!.after)
        context.addIssue({ code: 'custom', path: ['steps', index, 'after'], message: 'must not be before the step above' });
    });
  });

export type Drill = z.infer<typeof schema>;
export type DrillStep = Drill['steps'][number];

/** The names of the drills in config/drills. */
export function drillNames(folder: string): string[] {
  const drills = join(folder, 'drills');
  return existsSync(drills)
    ? readdirSync(drills)
        .flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? [])
        .sort()
    : [];
}

/** A drill (演练) of config/drills. @throws BadConfig with line and field, or with the names there are */
export function readDrill(folder: string, name: string): Readonly<Drill> {
  const names = drillNames(folder);
  if (!names.includes(name))
    throw new BadConfig(pathShown(folder, `drills/${name}.yaml`), [`there is no such drill; there are ${names.join(', ')}`]);
  return readConfigFile(folder, `drills/${name}.yaml`, schema);
}
