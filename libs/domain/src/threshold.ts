/** Where an opinion comes from, as a threshold rule counts: a call to the hotline, a post, news. */
export type ThresholdSource = 'call' | 'post' | 'news';

/** What a threshold rule (预警规则) says of numbers: so many of each within the window, all of them. */
export interface ThresholdCounts {
  /** Length of the window; a window holds what came later than its beginning, up to its end. */
  windowHours: number;
  needs: readonly { sources: readonly ThresholdSource[]; count: number }[];
}

export interface ThresholdHit {
  id: string;
  source: ThresholdSource;
  at: Date;
}

/** A window in which the numbers were reached, ending at the hit that reached them. */
export interface ThresholdFiring<H extends ThresholdHit = ThresholdHit> {
  from: Date;
  to: Date;
  /** Of each need, how many there were. */
  counts: number[];
  hits: H[];
}

const HOUR_MS = 3_600_000;
const SOURCE_OF: Record<string, ThresholdSource> = { hotline: 'call', news: 'news', 'gov-site': 'news' };

export function thresholdSource(channel: string): ThresholdSource {
  return SOURCE_OF[channel] ?? 'post';
}

export const THRESHOLD_SOURCE_WORDS: Record<ThresholdSource, string> = { call: '热线', post: '帖文', news: '新闻' };
const UNITS: Record<ThresholdSource, string> = { call: '件', post: '条', news: '篇' };

/** 24小时内热线≥3件、帖文≥1条 */
export function thresholdWords({ windowHours, needs }: ThresholdCounts): string {
  return `${windowHours}小时内${needs.map(({ sources, count }) => `${namesOf(sources)}≥${count}${UNITS[sources[0]!]}`).join('、')}`;
}

/** 24小时内热线4件、帖文1条 */
export function firingWords({ windowHours, needs }: ThresholdCounts, counts: readonly number[]): string {
  return `${windowHours}小时内${needs.map(({ sources }, i) => `${namesOf(sources)}${counts[i]}${UNITS[sources[0]!]}`).join('、')}`;
}

const namesOf = (sources: readonly ThresholdSource[]) => sources.map((one) => THRESHOLD_SOURCE_WORDS[one]).join('或');

/**
 * Every time that a group's numbers were reached, in order. It fires once per window: after it fired, the next window begins where the one
 * that fired ended, so that what counted once never counts again and a flood is told once in each window's length.
 * @param hits of one group, in any order; one that stands there twice counts once
 * @param quietUntil end of the last window that fired, where there was one
 */
export function thresholdFirings<H extends ThresholdHit>(
  { windowHours, needs }: ThresholdCounts,
  hits: readonly H[],
  quietUntil: Date | null = null,
): ThresholdFiring<H>[] {
  const length = windowHours * HOUR_MS;
  const sorted = [...new Map(hits.map((hit) => [hit.id, hit])).values()].sort(
    (a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1),
  );
  const counts = needs.map(() => 0);
  const count = ({ source }: H, by: 1 | -1) => needs.forEach(({ sources }, i) => sources.includes(source) && (counts[i]! += by));
  const firings: ThresholdFiring<H>[] = [];
  let since = quietUntil === null ? -Infinity : quietUntil.getTime() + length;
  let first = 0;
  sorted.forEach((hit, i) => {
    count(hit, 1);
    const end = hit.at.getTime();
    while (sorted[first]!.at.getTime() <= end - length) count(sorted[first++]!, -1);
    if (end < since || counts.some((n, need) => n < needs[need]!.count)) return;
    firings.push({ from: new Date(end - length), to: hit.at, counts: [...counts], hits: sorted.slice(first, i + 1) });
    since = end + length;
  });
  return firings;
}
