import type { DepartmentView } from '@huiying/contracts/http';

export interface FoundChoice {
  value: string;
  label: string;
  /** What it is found by, where that is more than its label. */
  names?: string;
}

/** Departments to choose from, found by their short names (简称) too: 住建局 is no part of 住房和城乡建设局. */
export function departmentChoices(departments: readonly Pick<DepartmentView, 'id' | 'name' | 'shortName'>[]): FoundChoice[] {
  return departments.map(({ id, name, shortName }) => ({ value: id, label: name, names: `${name} ${shortName}` }));
}

/** For a Select's showSearch. */
export const BY_NAMES = {
  filterOption: (typed: string, choice?: Partial<FoundChoice>) =>
    (choice?.names ?? choice?.label ?? '').toLowerCase().includes(typed.trim().toLowerCase()),
};
