import type { AddTerm, Department } from './lexicon.js';

/** Names that only say what kind of body is meant: 公安机关, 教育部门. They point to the department, more weakly. */
const GENERIC = /(?:部门|机关)$/;

export function addDepartments(departments: readonly Department[], add: AddTerm): void {
  for (const department of departments) {
    const { name, short, aliases, kind } = department.config;
    const said = new Set<string>();
    const use = (term: string, validTo: string | null) => {
      if (said.has(term)) return;
      said.add(term);
      add(term, { kind: 'department', department, validTo, generic: GENERIC.test(term) });
    };
    use(name, null);
    // The bare name of a district is a place, not its government.
    for (const term of short) if (kind !== 'district' || /政府|管委会|区委|县委/.test(term)) use(term, null);
    for (const alias of aliases) use(alias.name, alias.validTo ?? null);
  }
}
