/** A department that may be the right one for a disputed case, and why. */
export interface OwnerSuggestion {
  departmentId: string;
  grounds: string[];
}

export interface OwnerFacts {
  /** As the judging saw it. */
  judged: readonly { departmentId: string; role: 'lead' | 'co'; reasons: readonly { text: string }[] }[];
  /** Every return of the case so far. */
  returns: readonly { departmentId: string; departmentName: string; suggestedDepartmentId: string | null; reason: string }[];
  /** Departments that hold a task now: the lead is not to be looked for among them twice. */
  fallbackDepartmentId: string | null;
}

/**
 * Whom to give a case that was returned (管辖争议), best first: whom those who returned it name, then whom the judging names,
 * then the unit that takes what nobody takes (兜底单位). Never one that returned it.
 */
export function suggestOwners({ judged, returns, fallbackDepartmentId }: OwnerFacts): OwnerSuggestion[] {
  const refused = new Set(returns.map((one) => one.departmentId));
  const found = new Map<string, string[]>();
  const add = (departmentId: string, ground: string) => {
    if (!refused.has(departmentId)) found.set(departmentId, [...(found.get(departmentId) ?? []), ground]);
  };
  for (const one of returns)
    if (one.suggestedDepartmentId) add(one.suggestedDepartmentId, `${one.departmentName}退回时建议：${one.reason}`);
  for (const one of [...judged].sort((a, b) => Number(b.role === 'lead') - Number(a.role === 'lead')))
    add(one.departmentId, `研判建议${one.role === 'lead' ? '牵头' : '协办'}${one.reasons[0] ? `：${one.reasons[0].text}` : ''}`);
  if (fallbackDepartmentId) add(fallbackDepartmentId, '兜底单位：逾期未裁定时由其承办');
  return [...found].map(([departmentId, grounds]) => ({ departmentId, grounds }));
}
