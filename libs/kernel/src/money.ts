/** An amount of the deployment's currency (USD) in millionths: integers only, so that sums hold to the cent. */
export type MicroUsd = number;

export const MICRO_PER_USD = 1_000_000;

/** `1234500` → `"1.2345"`: as many decimals as there are, at least two. */
export function formatUsd(micro: MicroUsd): string {
  const fixed = (micro / MICRO_PER_USD).toFixed(6);
  return fixed.replace(/(\.\d{2}\d*?)0+$/, '$1');
}

/** An amount as people read it: `1234500` → `"1.23"`; less than a cent with all its decimals, so that it does not look free. */
export function readableUsd(micro: MicroUsd): string {
  const cents = (micro / MICRO_PER_USD).toFixed(2);
  return micro !== 0 && Number(cents) === 0 ? formatUsd(micro) : cents;
}
