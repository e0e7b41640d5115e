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

/**
 * Who the judgement suggests, without those who already hold a task or gave it back; one lead at most.
 * In a dispute (管辖争议) the best of those whom the ruling may name stands before them.
 */
export function suggestedTasks({ tasks, alert, dispute }: Pick<CaseDetail, 'tasks' | 'alert' | 'dispute'>): TaskDraft[] {
  const told = new Set(tasks.map(({ departmentId }) => departmentId));
  const judged = alert.departments.filter(({ departmentId }) => !told.has(departmentId));
  const owner = dispute?.suggestions[0]?.departmentId;
  // Where the suggested lead gave the task back, the next in line leads.
  const next = owner ?? (judged.find(({ role }) => role === 'lead') ?? judged[0])?.departmentId;
  const lead = hasLead(tasks) ? undefined : next;
  const line = new Set([...(owner === undefined ? [] : [owner]), ...judged.map(({ departmentId }) => departmentId)]);
  return [...line].map((departmentId) => ({ departmentId, role: departmentId === lead ? 'lead' : 'co' }));
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
