/** Shares that sum to 1, made of margins: the sharper, the more the first takes. */
export function sharesOf(margins: ArrayLike<number>, sharpness: number): Float64Array {
  const shares = new Float64Array(margins.length);
  let most = -Infinity;
  for (let c = 0; c < margins.length; c++) most = Math.max(most, margins[c]!);
  let sum = 0;
  for (let c = 0; c < margins.length; c++) sum += shares[c] = Math.exp(sharpness * (margins[c]! - most));
  for (let c = 0; c < margins.length; c++) shares[c]! /= sum;
  return shares;
}

const SHARPEST = 12;
const BLUNTEST = 0.2;
const STEPS = 40;

/**
 * The sharpness under which the shares say as often as they are right, by the least logarithmic loss on texts that were held out.
 * @param truth index of the right label for each row of margins
 */
export function fitSharpness(margins: readonly ArrayLike<number>[], truth: readonly number[]): number {
  const loss = (sharpness: number) =>
    margins.reduce((sum, row, i) => sum - Math.log(Math.max(1e-9, sharesOf(row, sharpness)[truth[i]!]!)), 0);
  let [low, high] = [BLUNTEST, SHARPEST];
  for (let step = 0; step < STEPS; step++) {
    const third = (high - low) / 3; // the loss has one valley
    if (loss(low + third) < loss(high - third)) high -= third;
    else low += third;
  }
  return (low + high) / 2;
}
