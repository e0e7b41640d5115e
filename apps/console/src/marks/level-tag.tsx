import type { Severity } from '@huiying/contracts/http';
import { SEVERITY_MARKS } from './labels.js';

/** 级别. Drawn dashed with 拟 before an officer confirmed it. */
export function LevelTag({ level, suggested = false }: { level: Severity; suggested?: boolean }) {
  const { numeral, word } = SEVERITY_MARKS[level];
  const title = suggested ? `系统建议${numeral}级（${word}），待研判定级` : `${numeral}级（${word}）`;
  return (
    <span className={`level level-${level}${suggested ? ' level-suggested' : ''}`} title={title} data-testid="level-tag" data-level={level}>
      {suggested ? '拟' : ''}
      {numeral}级
    </span>
  );
}
