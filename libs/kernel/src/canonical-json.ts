/**
 * JSON with object keys in code-point order, at every depth, and `undefined` members left out: equal values give
 * equal text, so the text can be hashed, compared and used as a cache key. Array order is kept.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value));
}

/** The very same where it is in order already, as most of what our own code builds is. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(ordered);
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  const members = value as Readonly<Record<string, unknown>>;
  const keys = Object.keys(members);
  let isOrdered = true;
  for (let i = 0; i < keys.length && isOrdered; i += 1) {
    const key = keys[i] ?? '';
    isOrdered = (keys[i - 1] ?? '') <= key && ordered(members[key]) === members[key];
  }
  if (isOrdered) return value;
  return Object.fromEntries(keys.sort().map((key) => [key, ordered(members[key])]));
}
