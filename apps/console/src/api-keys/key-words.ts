import type { ApiKeyView, ApiSystemView } from '@huiying/contracts/http';

/** How a key stands, in words: 有效 · 剩 3 天 · 今天到期 · 已到期 · 已停用. */
export function keyWords({ state, daysLeft, endedAt }: Pick<ApiKeyView, 'state' | 'daysLeft' | 'endedAt'>): string {
  if (endedAt !== null) return '已停用';
  if (state === 'ended') return '已到期';
  if (state === 'valid') return '有效';
  return daysLeft === 0 ? '今天到期' : `剩 ${daysLeft} 天`;
}

export const isLiving = ({ state }: Pick<ApiKeyView, 'state'>): boolean => state !== 'ended';

/** Whether the system is cut off once this key ends. */
export function isLastLiving(system: Pick<ApiSystemView, 'keys'>, key: ApiKeyView): boolean {
  return system.keys.every((other) => other === key || !isLiving(other));
}

/** Systems whose name, title or one of whose keys bears what is searched for; whose key ends soonest comes first. */
export function matching(systems: readonly ApiSystemView[], q: string): ApiSystemView[] {
  const wanted = q.trim().toLowerCase();
  const wordsOf = ({ name, title, keys }: ApiSystemView) => [
    name,
    title ?? '',
    ...keys.flatMap(({ prefix, madeBy }) => [prefix, madeBy ?? '']),
  ];
  return systems
    .filter((system) => wordsOf(system).some((text) => text.toLowerCase().includes(wanted)))
    .sort((a, b) => soonest(a) - soonest(b));
}

/** Days until the first of its keys ends, as far as that is near. */
function soonest({ keys }: ApiSystemView): number {
  const days = keys.flatMap(({ state, daysLeft }) => (state === 'ends-soon' && daysLeft !== null ? [daysLeft] : []));
  return Math.min(Number.MAX_SAFE_INTEGER, ...days);
}
