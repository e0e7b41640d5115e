import { BadInput, type Conflict } from '@huiying/domain';
import type { CityBook } from '../city/index.js';
import type { CaseRow } from '@huiying/persistence';

export function unknownDepartment(field: string, got: string): BadInput {
  return new BadInput([{ field, rule: 'must be a department of this city', got, message: '没有这个部门' }]);
}

/** A task is given to who answers today. @throws BadInput for a department that is unknown, has ended or is not yet one */
export function assertAnswers(city: CityBook, field: string, departmentId: string, now: Date): void {
  if (!city.knowsDepartment(departmentId)) throw unknownDepartment(field, departmentId);
  const today = city.answering(departmentId, now);
  if (today === departmentId) return;
  const message = `${city.departmentName(departmentId)}已撤并或尚未设立，现由${city.departmentName(today)}承办`;
  throw new BadInput([{ field, rule: `must be a department that answers today: ${today} has its duties`, got: departmentId, message }]);
}

/** Who closed a case, for the one who comes after. */
export function closingOf(file: CaseRow): Conflict | undefined {
  return file.closedBy && file.closedAt ? { by: file.closedBy, at: file.closedAt.toISOString(), what: '办结' } : undefined;
}
