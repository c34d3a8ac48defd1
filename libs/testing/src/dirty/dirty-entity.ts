import { domainToASCII } from 'node:url';
import { DIRTY_COUNTRIES, type DirtyCountry } from './dirty-countries';
import { dirtySize, type DirtySize } from './dirty-figures';
import { accented, brandName } from './dirty-names';
import { platformPage } from './dirty-websites';
import { seededRandom } from './seeded-random';

/** A company that does not exist, with all the facts its rows are made of. */
export interface DirtyEntity {
  index: number;
  name: string;
  country: DirtyCountry;
  city: string;
  /** As people write it (maybe with accents), and as it is known to machines. */
  website: { written: string; domain: string } | null;
  /** Its page on a platform, if that is all it has. */
  page: string | null;
  size: DirtySize | null;
  founded: number | null;
  categories: readonly string[];
  /** Another company has the same name and country: without a website nobody could tell which one is meant. */
  hasNamesake: boolean;
}

const CATEGORIES = [
  'Software',
  'SaaS',
  'Analytics',
  'E-Commerce',
  'Manufacturing',
  'Logistics',
  'Health Care',
  'Education',
  'Consulting',
  'Food and Beverage',
];

/** Company `index` of a seed. Neighbours are alike on purpose: same name elsewhere, same name with two domains. */
export function dirtyEntity(seed: number, index: number): DirtyEntity {
  const random = seededRandom(seed, index, 1);
  const kind = kindOf(index);
  const twinOf = kind === 'same_name_elsewhere' || kind === 'same_name_two_domains' ? index - 1 : index;
  const { name, slug } = brandName(twinOf);
  const country = countryOf(seed, index, kind);
  const suffix = random.pick(country.suffixes);
  const host = kind === 'idn' ? accented(slug) : twinOf === index ? slug : `get${slug}`;
  const written = `${host}.${suffix}`;
  const hasWebsite = kind !== 'no_website' && kind !== 'platform_page';
  return {
    index,
    name: seededRandom(seed, twinOf, 2).chance(0.2) ? accented(name) : name,
    country,
    city: random.pick(country.cities),
    website: hasWebsite ? { written, domain: domainToASCII(written) } : null,
    page: kind === 'platform_page' ? platformPage(slug, index) : null,
    size: random.chance(0.8) ? dirtySize(random) : null,
    founded: random.chance(0.8) ? 1_900 + random.below(124) : null,
    categories: [random.pick(CATEGORIES), random.pick(CATEGORIES)].slice(0, 1 + random.below(2)),
    hasNamesake: kind === 'same_name_two_domains' || kindOf(index + 1) === 'same_name_two_domains',
  };
}

/** ISO code of a company's country, also where none of its rows tells it. */
export function countryOfEntity(seed: number, index: number): string {
  return countryOf(seed, index, kindOf(index)).code;
}

type Kind =
  'ordinary' | 'no_website' | 'platform_page' | 'idn' | 'same_name_elsewhere' | 'same_name_two_domains';

/** Every twin stands right behind the ordinary company whose name it has. */
const KINDS: Readonly<Record<number, Kind>> = {
  3: 'no_website',
  7: 'platform_page',
  11: 'same_name_elsewhere',
  15: 'idn',
  19: 'same_name_two_domains',
  22: 'no_website',
};

function kindOf(index: number): Kind {
  return KINDS[index % 25] ?? 'ordinary';
}

function countryOf(seed: number, index: number, kind: Kind): DirtyCountry {
  const placeOf = (of: number): number => seededRandom(seed, of, 3).below(DIRTY_COUNTRIES.length);
  let place = placeOf(index);
  if (kind === 'same_name_two_domains') place = placeOf(index - 1);
  if (kind === 'same_name_elsewhere') place = (placeOf(index - 1) + 1) % DIRTY_COUNTRIES.length;
  const country = DIRTY_COUNTRIES[place];
  if (!country) throw new RangeError(`no country ${place}`);
  return country;
}
