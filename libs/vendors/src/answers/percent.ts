/** A vendor's confidence as a whole number of 0 … 100; null where it gives none. */
export function percent(value: number | null | undefined): number | null {
  return typeof value === 'number' && !Number.isNaN(value)
    ? Math.round(Math.min(Math.max(value, 0), 100))
    : null;
}
