/**
 * A clean CSV of `count` software companies, each with a website of its own, so that every row becomes one candidate.
 * `tag` keeps the companies of one test apart from another's.
 */
export function plainCompaniesCsv(count: number, tag = 'corp'): string {
  const rows = Array.from(
    { length: count },
    (_, i) => `${tag} ${i + 1},${tag}-${i + 1}.com,US,software,51-200`,
  );
  return ['name,website,country,industry,employees', ...rows, ''].join('\n');
}
