import type { CaseDetail, DepartmentView } from '@huiying/contracts/http';

/** One line of 交办: which department, as lead or beside. */
export interface TaskDraft {
  departmentId: string;
  role: 'lead' | 'co';
}

/** True while a department holds the lead: a case has exactly one, and a returned task frees it. */
export function hasLead(tasks: CaseDetail['tasks']): boolean {
  return tasks.some(({ role, state }) => role === 'lead' && state !== 'returned');
}

/** Who the judgement suggests, without those who already hold a task or gave it back; one lead at most. */
export function suggestedTasks(item: Pick<CaseDetail, 'tasks' | 'alert'>): TaskDraft[] {
  const told = new Set(item.tasks.map(({ departmentId }) => departmentId));
  const left = item.alert.departments.filter(({ departmentId }) => !told.has(departmentId));
  // Where the suggested lead gave the task back, the next in line leads.
  const lead = hasLead(item.tasks) ? undefined : (left.find(({ role }) => role === 'lead') ?? left[0]);
  return left.map(({ departmentId }) => ({ departmentId, role: departmentId === lead?.departmentId ? 'lead' : 'co' }));
}

/** Short names of the chosen departments that nobody has an account for: no notice reaches them, somebody must ring them up. */
export function withoutAccount(drafts: readonly TaskDraft[], departments: readonly DepartmentView[]): string[] {
  const chosen = new Set(drafts.map(({ departmentId }) => departmentId));
  return departments.filter(({ id, leads }) => chosen.has(id) && leads.length === 0).map(({ shortName }) => shortName);
}

/** What is wrong with the lines, in Chinese, or null. */
export function faultOf(drafts: readonly TaskDraft[], tasks: CaseDetail['tasks']): string | null {
  if (drafts.length === 0) return '请至少选择一个单位';
  if (drafts.some(({ departmentId }) => departmentId === '')) return '请选择单位';
  if (new Set(drafts.map(({ departmentId }) => departmentId)).size < drafts.length) return '同一单位重复';
  const leads = drafts.filter(({ role }) => role === 'lead').length + (hasLead(tasks) ? 1 : 0);
  if (leads === 0) return '须有一个牵头单位';
  return leads > 1 ? '牵头单位只能有一个' : null;
}
