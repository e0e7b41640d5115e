import { localDateOf } from '@huiying/domain';

/** The year a case is numbered in: that of the day in China. */
export function caseYear(at: Date): number {
  return Number(localDateOf(at).slice(0, 4));
}

/**
 * 望舆〔2026〕17号: year in six-cornered brackets, number without leading zeros or 第 (GB/T 9704-2012).
 * @param number or what stands for it until it is taken
 */
export function caseNoOf(prefix: string, year: number, number: number | string): string {
  return `${prefix}〔${year}〕${number}号`;
}
