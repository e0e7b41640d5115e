import { BadInput, type Conflict } from '@huiying/domain';
import type { CaseRow } from '@huiying/persistence';

export function unknownDepartment(field: string, got: string): BadInput {
  return new BadInput([{ field, rule: 'must be a department of this city', got, message: '没有这个部门' }]);
}

/** Who closed a case, for the one who comes after. */
export function closingOf(file: CaseRow): Conflict | undefined {
  return file.closedBy && file.closedAt ? { by: file.closedBy, at: file.closedAt.toISOString(), what: '办结' } : undefined;
}
