import type { CompiledIcp } from './compiled-icp';
import type { IcpProblem } from './icp-problem';
import { industryMatches } from './vocabulary';

/** What an ICP wants and excludes at once: nobody could ever match that, so it is a mistake and not a wish. */
export function findContradictions(icp: CompiledIcp): IcpProblem[] {
  const problems: IcpProblem[] = [];
  for (const [id, title] of icp.industries ?? []) {
    for (const [excluded, excludedTitle] of icp.excludeIndustries ?? []) {
      if (excluded === id) problems.push(both('exclude_industries', title));
      else if (industryMatches(excluded, [id])) {
        problems.push({
          path: 'exclude_industries',
          message: `"${excludedTitle}" holds "${title}", which industries asks for; remove one of them`,
        });
      }
    }
  }
  for (const [code, name] of icp.countries ?? []) {
    if (icp.excludeCountries?.has(code)) problems.push(both('exclude_countries', name));
  }
  const excludedWords = new Set(icp.excludeKeywords?.words.map((word) => word.toLowerCase()));
  for (const word of icp.keywords?.words ?? []) {
    if (excludedWords.has(word.toLowerCase())) problems.push(both('exclude_keywords', word));
  }
  return problems;
}

function both(path: string, what: string): IcpProblem {
  return { path, message: `"${what}" is both wanted and excluded; remove one of them` };
}
