import { BadInput } from './refusals.js';

/** What an analysis report (舆情分析报告) must hold, each in its own words. */
export interface AnalysisParts {
  nature: string;
  trend: string;
  risks: string;
  proposal: string;
}

export const ANALYSIS_PARTS: Record<keyof AnalysisParts, string> = {
  nature: '事件性质',
  trend: '舆情走势',
  risks: '可能出现的风险',
  proposal: '预控处置意见',
};
/** A part of fewer characters says nothing. */
const FEWEST = 10;

/** The parts that are missing or say nothing, in their order. */
export function missingParts(parts: AnalysisParts): (keyof AnalysisParts)[] {
  return (Object.keys(ANALYSIS_PARTS) as (keyof AnalysisParts)[]).filter((part) => [...parts[part].trim()].length < FEWEST);
}

/**
 * A report must not be submitted with one part missing (国办发〔2016〕80号; 性质、走势、风险 and 预控处置意见).
 * @throws BadInput with a fault per missing part
 */
export function assertComplete(parts: AnalysisParts): void {
  const missing = missingParts(parts);
  if (missing.length === 0) return;
  throw new BadInput(
    missing.map((field) => ({
      field,
      rule: `must have at least ${FEWEST} characters before the report is submitted`,
      message: `缺“${ANALYSIS_PARTS[field]}”（不少于 ${FEWEST} 字），不能提交`,
    })),
  );
}
