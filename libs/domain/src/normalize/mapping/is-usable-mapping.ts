import type { ColumnMapping } from '#libs/contracts';

/** True if companies can be made of it: it has a column for the name, the domain or a social page. */
export function isUsableMapping(mapping: readonly ColumnMapping[]): boolean {
  return mapping.some(({ field }) => field === 'name' || field === 'domain' || field === 'social');
}
