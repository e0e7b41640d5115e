/** 分级: I 特别重大 · II 重大 · III 较大 · IV 一般 (国务院令493号第3条). */
export const SEVERITY_LEVELS = ['I', 'II', 'III', 'IV'] as const;
export type SeverityLevel = (typeof SEVERITY_LEVELS)[number];

export const SEVERITY_NAMES: Record<SeverityLevel, string> = { I: '特别重大', II: '重大', III: '较大', IV: '一般' };

/** Whether `level` is at least as grave as `than`. */
export function isAtLeast(level: SeverityLevel, than: SeverityLevel): boolean {
  return SEVERITY_LEVELS.indexOf(level) <= SEVERITY_LEVELS.indexOf(than);
}
