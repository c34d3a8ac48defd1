import { OPERATIONS } from '#libs/contracts';

/** Terms under which a tenant's companies ask only these vendors: every operation that is not named is left out. */
export function onlyVendors(
  waterfalls: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> {
  const none = Object.fromEntries(Object.keys(OPERATIONS).map((op) => [op, []]));
  return { ...none, ...waterfalls };
}
