/** How well labels were told, over texts that were not learned from. */
export interface LabelFigures {
  rows: number;
  /** Mean of the labels' F1: rare labels count as much as common ones. */
  macroF1: number;
  /** Share of texts whose first label is right. */
  top1: number;
  /** Share of texts whose right label is among the first three. */
  top3: number;
  f1: Record<string, number>;
}

/** @param ranked for each text the labels told, best first */
export function labelFigures(truth: readonly string[], ranked: readonly (readonly string[])[]): LabelFigures {
  const labels = [...new Set(truth)].sort();
  const told = ranked.map(([first]) => first);
  const f1 = Object.fromEntries(labels.map((label) => [label, round(f1Of(truth, told, label))]));
  const among = (most: number) => truth.filter((label, i) => ranked[i]!.slice(0, most).includes(label)).length;
  const share = (part: number) => round(part / Math.max(1, truth.length));
  const macroF1 = round(labels.reduce((sum, label) => sum + f1Of(truth, told, label), 0) / Math.max(1, labels.length));
  return { rows: truth.length, macroF1, top1: share(among(1)), top3: share(among(3)), f1 };
}

/** The harmonic mean of precision and recall of one label. */
export function f1Of(truth: readonly string[], told: readonly (string | undefined)[], label: string): number {
  let hits = 0;
  let misses = 0;
  truth.forEach((right, i) => {
    if (right === label && told[i] === label) hits++;
    else if (right === label || told[i] === label) misses++;
  });
  return hits === 0 ? 0 : (2 * hits) / (2 * hits + misses);
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
