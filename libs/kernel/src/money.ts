/** An amount of the deployment's currency (USD) in millionths: integers only, so that sums hold to the cent. */
export type MicroUsd = number;

export const MICRO_PER_USD = 1_000_000;

/** `1234500` → `"1.2345"`: as many decimals as there are, at least two. */
export function formatUsd(micro: MicroUsd): string {
  const fixed = (micro / MICRO_PER_USD).toFixed(6);
  return fixed.replace(/(\.\d{2}\d*?)0+$/, '$1');
}
