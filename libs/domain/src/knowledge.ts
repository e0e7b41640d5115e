/** draft 待补充 · active 有效 · expired 已失效 · withdrawn 已下线 */
export type KnowledgeState = 'draft' | 'active' | 'expired' | 'withdrawn';
export const KNOWLEDGE_STATE_WORDS: Record<KnowledgeState, string> = {
  draft: '待补充',
  active: '有效',
  expired: '已失效',
  withdrawn: '已下线',
};

export interface KnowledgeValidity {
  /** As an editor left it; whether it has expired is a matter of the day. */
  state: Exclude<KnowledgeState, 'expired'>;
  /** YYYY-MM-DD, the last day that it holds; null = until further notice. */
  expiresOn: string | null;
}

/** Where an entry stands on a day: it holds through its last day (GB/T 44191: 到期自动下线). @param today YYYY-MM-DD in China */
export function knowledgeState({ state, expiresOn }: KnowledgeValidity, today: string): KnowledgeState {
  return state === 'active' && expiresOn !== null && today > expiresOn ? 'expired' : state;
}

/** What somebody who cites this version of an entry must be told; null where nothing is wrong with it. */
export function citeWarning(entry: KnowledgeValidity & { version: number }, cited: number, today: string): string | null {
  const state = knowledgeState(entry, today);
  if (state === 'expired') return `已于 ${entry.expiresOn} 失效，请核对后再引用`;
  if (state === 'withdrawn') return '已下线，请勿再引用';
  if (state === 'draft') return '尚未补充完整';
  return cited < entry.version ? `已有新版本（第 ${entry.version} 版）` : null;
}
