/**
 * JSON with object keys in code-point order, at every depth, and `undefined` members left out: equal values give
 * equal text, so the text can be hashed, compared and used as a cache key. Array order is kept.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member !== 'object' || member === null || Array.isArray(member)) return member;
    const entries = Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return Object.fromEntries(entries);
  });
}
