import type { QualityView } from '@huiying/contracts/http';
import { ASPECT_WORDS, type ReviewedAspect } from './review-words.js';

const ORDER = Object.keys(ASPECT_WORDS) as ReviewedAspect[];

export interface WeekTable {
  aspects: ReviewedAspect[];
  /** Newest first; a cell for each aspect, null where nobody reviewed it that week. */
  rows: { week: string; cells: ({ reviewed: number; correct: number } | null)[] }[];
}

/** The weeks as a table: parts of the judgement across, weeks down. */
export function weekTable(weeks: QualityView['weeks']): WeekTable {
  const aspects = ORDER.filter((aspect) => weeks.some((one) => one.aspect === aspect));
  const names = [...new Set(weeks.map(({ week }) => week))].sort().reverse();
  return {
    aspects,
    rows: names.map((week) => ({
      week,
      cells: aspects.map((aspect) => weeks.find((one) => one.week === week && one.aspect === aspect) ?? null),
    })),
  };
}
