import { seeded, shuffle } from './chance.js';

/** Texts as sparse rows: row i holds the features `at[starts[i]] … at[starts[i + 1] - 1]` with their values. */
export interface SparseRows {
  rows: number;
  features: number;
  starts: Int32Array;
  at: Int32Array;
  values: Float32Array;
}

export interface SvmOptions {
  /** How much a mistake costs against the size of the weights. */
  cost: number;
  /** Passes over the rows at most. */
  passes: number;
  /** Stops when no multiplier moves by more. */
  tolerance: number;
  seed: number;
}

/** One class against the rest. */
export interface SvmWeights {
  weights: Float64Array;
  bias: number;
}

/**
 * A linear support vector machine with squared hinge loss by dual coordinate descent (Hsieh et al., ICML 2008), with the bias as one
 * more feature of value 1. Deterministic for a seed.
 * @param isOne which rows belong to the class
 * @param favour what a mistake on a row of the class costs in multiples of `cost`: rare classes are favoured
 */
export function trainSvm(data: SparseRows, isOne: (row: number) => boolean, favour: number, options: SvmOptions): SvmWeights {
  const { rows, starts, at, values } = data;
  const weights = new Float64Array(data.features);
  const multipliers = new Float64Array(rows);
  const signs = Int8Array.from({ length: rows }, (_, i) => (isOne(i) ? 1 : -1));
  const slack = [0.5 / options.cost, 0.5 / (options.cost * favour)];
  const norms = Float64Array.from({ length: rows }, (_, i) => normOf(data, i) + 1);
  const order = Int32Array.from({ length: rows }, (_, i) => i);
  const chance = seeded(options.seed);
  let bias = 0;
  for (let pass = 0; pass < options.passes; pass++) {
    shuffle(order, chance);
    let furthest = 0;
    for (const row of order) {
      const sign = signs[row]!;
      const held = multipliers[row]!;
      let score = bias;
      for (let k = starts[row]!, end = starts[row + 1]!; k < end; k++) score += weights[at[k]!]! * values[k]!;
      const soft = slack[sign === 1 ? 1 : 0]!;
      const gradient = sign * score - 1 + soft * held;
      const moved = held === 0 ? Math.min(gradient, 0) : gradient;
      if (Math.abs(moved) < 1e-12) continue;
      furthest = Math.max(furthest, Math.abs(moved));
      const next = Math.max(held - gradient / (norms[row]! + soft), 0);
      const step = (next - held) * sign;
      multipliers[row] = next;
      for (let k = starts[row]!, end = starts[row + 1]!; k < end; k++) weights[at[k]!]! += step * values[k]!;
      bias += step;
    }
    if (furthest < options.tolerance) break;
  }
  return { weights, bias };
}

function normOf({ starts, values }: SparseRows, row: number): number {
  let sum = 0;
  for (let k = starts[row]!, end = starts[row + 1]!; k < end; k++) sum += values[k]! * values[k]!;
  return sum;
}
