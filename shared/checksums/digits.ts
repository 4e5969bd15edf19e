/**
 * Σ digit × weight over the first `weights.length` digits.
 * The weights of these registers are all a single digit, so they are written as one string.
 */
export function weightedSum(digits: string, weights: string): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += Number(digits[i]) * Number(weights[i]);
  return sum;
}
