import { countryName } from '../match/country-name';
import { INDUSTRIES, normalizeCountry, normalizeDomain, resolveIndustry } from '../normalize';
import type { NamedIds } from './compiled-icp';
import type { IcpProblem } from './icp-problem';
import { nearestWords } from './nearest-words';

const TITLES = new Map(INDUSTRIES.map(({ id, title }) => [id, title]));
/** Parts of the world that people write where a country belongs. */
const COUNTRY_GROUPS =
  /^(?:europe|eu|european union|emea|dach|apac|asia|africa|latam|nordics?|benelux|north america|south america|americas|oceania|world|worldwide|global|international|scandinavia|middle east)$/;

/** Industry words → taxonomy id and title; the unknown ones are added to `problems` with the nearest ids. */
export function resolveIndustries(key: string, words: readonly string[], problems: IcpProblem[]): NamedIds {
  const ids = new Map<string, string>();
  words.forEach((word, i) => {
    const id = resolveIndustry(word);
    if (id !== null) ids.set(id, TITLES.get(id) ?? id);
    else
      problems.push({
        path: `${key}[${i}]`,
        message: `"${word}" is no industry of the taxonomy${nearestIndustries(word)}`,
      });
  });
  return ids;
}

/** Country words → ISO 3166-1 alpha-2 code and English name; the unknown ones are added to `problems`. */
export function resolveCountries(key: string, words: readonly string[], problems: IcpProblem[]): NamedIds {
  const codes = new Map<string, string>();
  words.forEach((word, i) => {
    const code = normalizeCountry(word);
    if (code !== null) codes.set(code, countryName(code));
    else problems.push({ path: `${key}[${i}]`, message: `"${word}" is no country${countryAdvice(word)}` });
  });
  return codes;
}

/** Domains or website addresses → registrable domains; what is neither is added to `problems`. */
export function resolveDomains(
  key: string,
  words: readonly string[],
  problems: IcpProblem[],
): ReadonlySet<string> {
  const domains = new Set<string>();
  words.forEach((word, i) => {
    const domain = normalizeDomain(word);
    if (domain !== null) domains.add(domain);
    else
      problems.push({
        path: `${key}[${i}]`,
        message: `"${word}" is no domain of a company; write e.g. example.com`,
      });
  });
  return domains;
}

function nearestIndustries(word: string): string {
  const byTerm = new Map(
    INDUSTRIES.flatMap(({ id, title, aliases }) =>
      [id, title, ...aliases].map((term) => [term, id] as const),
    ),
  );
  const terms = nearestWords(word, byTerm.keys(), 12);
  const ids = [...new Set(terms.map((term) => byTerm.get(term)))].slice(0, 3);
  const nearest = ids.length === 0 ? '' : `; nearest are ${ids.map((id) => `"${id}"`).join(', ')}`;
  return `${nearest}. All are listed in docs/industries.md`;
}

function countryAdvice(word: string): string {
  if (COUNTRY_GROUPS.test(word.trim().toLowerCase()))
    return ' but a part of the world; list its countries, e.g. "DE", "AT", "CH"';
  const byName = new Map(countryCodes().map((code) => [countryName(code), code]));
  const [nearest] = nearestWords(word, byName.keys(), 1);
  const suggestion = nearest === undefined ? '' : `; did you mean "${nearest}" (${byName.get(nearest)})?`;
  return suggestion || '; write its English name or its two-letter ISO code, e.g. "Germany" or "DE"';
}

/** All ISO 3166-1 alpha-2 codes; only asked for to explain an error. */
function countryCodes(): string[] {
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  const pairs = letters.flatMap((first) => letters.map((second) => first + second));
  return pairs.filter((pair) => normalizeCountry(pair) === pair);
}
