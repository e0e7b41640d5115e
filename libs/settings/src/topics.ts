import { z } from 'zod';
import { catalogueId } from './catalogue.js';
import { readConfigFile } from './config-file.js';
import { readDepartments } from './departments.js';

const terms = z.array(z.string().min(1)).default([]);

const topic = z
  .object({
    code: z.string().regex(/^\d{4}$/, 'must be four digits in quotes'),
    name: z.string().min(2),
    /** 牵头: department id. */
    lead: z.string(),
    /** 协办: department ids. */
    co: z.array(z.string()).default([]),
    /** 涉及公众切身利益, one of the conditions of the second of the 重点回应五类. */
    vital: z.boolean().default(false),
    /** One of them all but settles the topic. */
    decisive: terms,
    terms,
    /** Only support for others. */
    hints: terms,
  })
  .strict();

const branch = z
  .object({ code: z.string().regex(/^\d{2}$/, 'must be two digits in quotes'), name: z.string().min(2), children: z.array(topic).min(1) })
  .strict();

const schema = (departments: ReadonlySet<string>) =>
  z
    .object({ version: z.string().min(1), catalogue: catalogueId.default('huiying'), topics: z.array(branch).min(1) })
    .strict()
    .superRefine((file, ctx) => {
      const codes = new Set<string>();
      file.topics.forEach((parent, i) =>
        parent.children.forEach((child, j) => {
          const path = ['topics', i, 'children', j];
          if (codes.has(child.code))
            ctx.addIssue({ code: 'custom', path: [...path, 'code'], message: `code ${child.code} is given twice` });
          codes.add(child.code);
          if (!child.code.startsWith(parent.code)) {
            ctx.addIssue({
              code: 'custom',
              path: [...path, 'code'],
              message: `code ${child.code} must start with ${parent.code}, the code of ${parent.name}`,
            });
          }
          if (!departments.has(child.lead)) {
            ctx.addIssue({ code: 'custom', path: [...path, 'lead'], message: `names the unknown department ${child.lead}` });
          }
          child.co.forEach((id, k) => {
            if (!departments.has(id))
              ctx.addIssue({ code: 'custom', path: [...path, 'co', k], message: `names the unknown department ${id}` });
            if (id === child.lead)
              ctx.addIssue({ code: 'custom', path: [...path, 'co', k], message: `${id} is the lead department already` });
          });
        }),
      );
    });

export type TopicConfig = z.infer<typeof topic>;
export type TopicsConfig = z.infer<ReturnType<typeof schema>>;

/** The tree of topics with their departments, from config/topics.yaml. @throws BadConfig with line, field and rule of every fault */
export function readTopics(folder: string): Readonly<TopicsConfig> {
  const departments = new Set(readDepartments(folder).map((d) => d.id));
  return readConfigFile(folder, 'topics.yaml', schema(departments));
}
