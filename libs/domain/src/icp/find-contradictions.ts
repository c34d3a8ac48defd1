import type { CompiledIcp } from './compiled-icp';
import type { IcpProblem } from './icp-problem';
import { industryMatches } from '../normalize';

/** What an ICP wants and excludes at once: nobody could ever match that, so it is a mistake and not a wish. */
export function findContradictions(icp: CompiledIcp): IcpProblem[] {
  return [...ofIndustries(icp), ...ofCountries(icp), ...ofKeywords(icp)];
}

function ofIndustries({ industries, excludeIndustries }: CompiledIcp): IcpProblem[] {
  const problems: IcpProblem[] = [];
  for (const [id, title] of industries ?? []) {
    for (const [excludedId, excluded] of excludeIndustries ?? []) {
      if (excludedId === id) problems.push(both('exclude_industries', title));
      // Excluding a part of what is wanted makes sense; wanting a part of what is excluded does not.
      else if (industryMatches(excludedId, [id])) {
        const message = `"${excluded}" holds "${title}", which industries asks for; remove one of them`;
        problems.push({ path: 'exclude_industries', message });
      }
    }
  }
  return problems;
}

function ofCountries({ countries, excludeCountries }: CompiledIcp): IcpProblem[] {
  const twice = [...(countries ?? [])].filter(([code]) => excludeCountries?.has(code));
  return twice.map(([, name]) => both('exclude_countries', name));
}

function ofKeywords({ keywords, excludeKeywords }: CompiledIcp): IcpProblem[] {
  const excluded = new Set(excludeKeywords?.words.map((word) => word.toLowerCase()));
  const twice = keywords?.words.filter((word) => excluded.has(word.toLowerCase())) ?? [];
  return twice.map((word) => both('exclude_keywords', word));
}

function both(path: string, what: string): IcpProblem {
  return { path, message: `"${what}" is both wanted and excluded; remove one of them` };
}
