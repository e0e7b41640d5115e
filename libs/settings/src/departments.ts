import { addDays, circleOf } from '@huiying/domain';
import { z } from 'zod';
import { readCity } from './city.js';
import { readConfigFile } from './config-file.js';

const day = z.iso.date('must be a day in quotes, YYYY-MM-DD');

const department = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes'),
    /** Today's full name. */
    name: z.string().min(2),
    /** How the trade calls it; the first is what lists and alerts show. */
    short: z.array(z.string().min(2)).min(1),
    kind: z.enum(['government', 'party', 'bureau', 'district', 'institution', 'enterprise']),
    /** 垂直管理: its opinions are coordinated by the office of its superior body (国办发〔2016〕61号). */
    vertical: z.boolean().default(false),
    /** Other and former names, with the days on which they were in use. */
    aliases: z.array(z.object({ name: z.string().min(2), validFrom: day.optional(), validTo: day.optional() }).strict()).default([]),
    /** From and to which days it is a body, where it was founded or ended (机构改革); its last day names who has its duties since. */
    validFrom: day.optional(),
    validTo: day.optional(),
    successor: z.string().optional(),
    duties: z.array(z.string()).default([]),
    /** For kind district: the code of the area it governs. */
    district: z.string().optional(),
  })
  .strict();

const schema = (districts: ReadonlySet<string>) =>
  z
    .object({ departments: z.array(department).min(1) })
    .strict()
    .superRefine((file, ctx) => {
      const ids = new Set<string>();
      const byId = new Map(file.departments.map((d) => [d.id, d]));
      const owners = new Map<string, string>();
      file.departments.forEach((d, i) => {
        if (ids.has(d.id)) ctx.addIssue({ code: 'custom', path: ['departments', i, 'id'], message: `id ${d.id} is given twice` });
        ids.add(d.id);
        if ((d.kind === 'district') !== (d.district !== undefined)) {
          ctx.addIssue({ code: 'custom', path: ['departments', i], message: 'district must be given for kind district, and only for it' });
        } else if (d.district !== undefined && !districts.has(d.district)) {
          ctx.addIssue({
            code: 'custom',
            path: ['departments', i, 'district'],
            message: `names the district ${d.district}, unknown to city.yaml`,
          });
        }
        for (const [field, message] of faultsInTime(d, byId)) ctx.addIssue({ code: 'custom', path: ['departments', i, field], message });
        [d.name, ...d.short, ...d.aliases.map((a) => a.name)].forEach((called) => {
          const owner = owners.get(called);
          if (owner !== undefined && owner !== d.id) {
            ctx.addIssue({ code: 'custom', path: ['departments', i], message: `the name ${called} belongs to ${owner} already` });
          }
          owners.set(called, d.id);
        });
      });
    });

export type DepartmentConfig = z.infer<typeof department>;

/** What is wrong with the days of a body and who follows it, by field. */
function faultsInTime(d: DepartmentConfig, byId: ReadonlyMap<string, DepartmentConfig>): [string, string][] {
  const faults: [string, string][] = [];
  const add = (field: string, message: string) => void faults.push([field, message]);
  if (d.validFrom !== undefined && d.validTo !== undefined && d.validTo < d.validFrom)
    add('validTo', `must not be before validFrom ${d.validFrom}; got ${d.validTo}`);
  if ((d.validTo === undefined) !== (d.successor === undefined)) {
    add(
      d.successor === undefined ? 'validTo' : 'successor',
      'validTo and successor belong together: who has its duties from the day after its last',
    );
  }
  if (d.successor === undefined) return faults;
  const next = byId.get(d.successor);
  if (next === undefined) add('successor', `names the unknown department ${d.successor}`);
  else if (circleOf(byId, d.id) !== null) add('successor', `successors lead in a circle back to ${circleOf(byId, d.id)}`);
  else if (d.validTo !== undefined && next.validFrom !== undefined && next.validFrom > addDays(d.validTo, 1))
    add('successor', `${next.id} begins on ${next.validFrom}, more than a day after ${d.validTo}: nobody would answer between`);
  return faults;
}

/** The bodies that answer, from config/departments.yaml. @throws BadConfig with line, field and rule of every fault */
export function readDepartments(folder: string): readonly Readonly<DepartmentConfig>[] {
  const districts = new Set(readCity(folder).districts.map((d) => d.code));
  return readConfigFile(folder, 'departments.yaml', schema(districts)).departments;
}
