/**
 * A clean CSV of `count` software companies, every row one candidate. `tag` keeps the companies of one test apart from
 * another's. Without websites there is nothing to ask a vendor about, so a walk takes no time.
 */
export function plainCompaniesCsv(count: number, { tag = 'corp', websites = true } = {}): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const website = websites ? `${tag}-${i + 1}.com` : '';
    return `${tag} ${i + 1},${website},US,software,51-200`;
  });
  return ['name,website,country,industry,employees', ...rows, ''].join('\n');
}
