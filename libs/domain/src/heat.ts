/** What heat (热度) is made of: an opinion counts half after each half-life. */
export interface HeatFacts {
  /** 声量: opinions, each weighed by its age. */
  volume: number;
  /** 传播速度: opinions of the last six hours. */
  speed: number;
  /** 信源: different sources. */
  sources: number;
  /** 热线: hotline orders, each weighed by its age. */
  hotline: number;
}

/** config/alerting.yaml. Weights and scale are ours [D]: no national formula exists; heat and severity are kept apart. */
export interface HeatRules {
  halfLifeHours: number;
}

export interface HeatPart {
  name: keyof HeatFacts;
  word: string;
  x: number;
  weight: number;
  /** weight × ln(1 + x) */
  value: number;
}

export interface Heat {
  /** 0..100 */
  heat: number;
  parts: HeatPart[];
  /** The formula with its numbers, as it is shown. */
  formula: string;
}

const PARTS: readonly [keyof HeatFacts, string, number][] = [
  ['volume', '声量', 1],
  ['speed', '近6小时', 1.2],
  ['sources', '信源数', 0.8],
  ['hotline', '热线件数', 0.8],
];
const SCALE = 6;
export const SPEED_HOURS = 6;
const HOUR_MS = 3_600_000;

/** What an opinion of this age still counts: 1 when new, ½ after a half-life. An age below 0 counts as 0. */
export function decayed(ageMs: number, { halfLifeHours }: HeatRules): number {
  return 2 ** (-Math.max(0, ageMs) / (halfLifeHours * HOUR_MS));
}

/** heat = 100·(1 − e^(−Σ wᵢ·ln(1+xᵢ) / k)). Grows with each fact, never reaches 100, 0 where there is nothing. */
export function heatOf(facts: HeatFacts): Heat {
  const parts = PARTS.map(([name, word, weight]) => ({ name, word, x: facts[name], weight, value: weight * Math.log(1 + facts[name]) }));
  const sum = parts.reduce((total, part) => total + part.value, 0);
  const heat = 100 * (1 - Math.exp(-sum / SCALE));
  const terms = parts.map((part) => `${part.weight}·ln(1+${shown(part.x)})`).join(' + ');
  return { heat: Math.round(heat * 10) / 10, parts, formula: `100·(1−e^(−(${terms})/${SCALE})) = ${heat.toFixed(1)}` };
}

/** The facts from each opinion's age and whether it is a hotline order. */
export function heatFacts(opinions: readonly { ageMs: number; isHotline: boolean }[], sources: number, rules: HeatRules): HeatFacts {
  const facts: HeatFacts = { volume: 0, speed: 0, sources, hotline: 0 };
  for (const { ageMs, isHotline } of opinions) {
    const counts = decayed(ageMs, rules);
    facts.volume += counts;
    if (isHotline) facts.hotline += counts;
    if (ageMs < SPEED_HOURS * HOUR_MS) facts.speed += 1;
  }
  return facts;
}

function shown(x: number): string {
  return Number.isInteger(x) ? String(x) : x.toFixed(1);
}
