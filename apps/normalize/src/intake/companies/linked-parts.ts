import { dedupeKeys, type CompanyFacts } from '#libs/domain';

/**
 * Divides rows into parts that share a domain, page or name, directly or through others: the keys themselves, not their
 * hashes. Names count without the country here, which may be another row's contribution.
 */
export function linkedParts<Row extends { facts: CompanyFacts }>(rows: readonly Row[]): Row[][] {
  const partOfKey = new Map<string, Row[]>();
  const parts = new Set<Row[]>();
  for (const row of rows) {
    let part: Row[] = [row];
    for (const key of trueKeys(row.facts)) {
      const known = partOfKey.get(key);
      if (known !== undefined && known !== part) part = joined(known, part, partOfKey, parts);
      partOfKey.set(key, part);
    }
    parts.add(part);
  }
  return [...parts];
}

/** The larger part takes the smaller one in, so that no row moves often. */
function joined<Row extends { facts: CompanyFacts }>(
  a: Row[],
  b: Row[],
  partOfKey: Map<string, Row[]>,
  parts: Set<Row[]>,
): Row[] {
  const [large, small] = a.length >= b.length ? [a, b] : [b, a];
  for (const row of small) {
    large.push(row);
    for (const key of trueKeys(row.facts)) if (partOfKey.get(key) === small) partOfKey.set(key, large);
  }
  parts.delete(small);
  parts.add(large);
  return large;
}

function trueKeys(facts: CompanyFacts): string[] {
  const { domain, name } = dedupeKeys(facts);
  const keys: string[] = [];
  if (domain !== null) keys.push(`domain ${domain}`);
  if (name !== null) keys.push(`name ${name}`);
  if (facts.social !== null) keys.push(`page ${facts.social}`);
  return keys;
}
