import type { DirtyEntity } from './dirty-entity';
import { spelledNothing, spelledSize, spelledYear, type DirtySize } from './dirty-figures';
import { respelled } from './dirty-names';
import { spelledPage, spelledWebsite } from './dirty-websites';
import type { SeededRandom } from './seeded-random';

/** What a row says, by field, in the order of the columns. */
export interface DirtyCells {
  id: string;
  name: string;
  website: string;
  country: string;
  city: string;
  employees: string;
  categories: string;
  founded: string;
  owner: string;
  description: string;
}

/** What a reader should take from a row: null where it says nothing. */
export interface RowTruth {
  domain: string | null;
  country: string | null;
  employees: DirtySize | null;
  founded: number | null;
}

/** One row about a company, and what it says of it. `isLatin`: only characters that Latin-1 has. */
export function dirtyRow(
  entity: DirtyEntity,
  random: SeededRandom,
  isLatin: boolean,
): { cells: DirtyCells; truth: RowTruth } {
  const { website, country, size, founded } = entity;
  // Something must tell which company is meant: its website, its page, or its name with the country.
  const tellsWebsite = website !== null && (entity.hasNamesake || random.chance(0.85));
  const tellsCountry = !tellsWebsite || random.chance(0.9);
  const tellsSize = size !== null && random.chance(0.8);
  const tellsYear = founded !== null && random.chance(0.8);
  const writable = (spellings: readonly string[]): string[] =>
    spellings.filter((text) => !isLatin || isLatin1(text));
  const name = respelled(entity.name, writable(country.legalForms), random);
  const cells: DirtyCells = {
    id: String(100_000 + random.below(900_000)),
    name: isLatin ? name.normalize('NFC') : name,
    website: websiteCell(entity, tellsWebsite, random),
    country: tellsCountry ? random.pick(writable(country.spellings)) : spelledNothing(random),
    city: entity.city,
    employees: tellsSize ? spelledSize(size, random) : spelledNothing(random),
    categories: entity.categories.join(random.pick([', ', '; ', ' | ', '/'])),
    founded: tellsYear ? spelledYear(founded, random) : spelledNothing(random),
    owner: random.pick(['Kim', 'Noor', 'Sam', '']),
    description: description(entity.name, random),
  };
  return {
    cells,
    truth: {
      domain: tellsWebsite ? website.domain : null,
      country: tellsCountry ? country.code : null,
      employees: tellsSize ? size : null,
      founded: tellsYear ? founded : null,
    },
  };
}

function websiteCell({ website, page }: DirtyEntity, tells: boolean, random: SeededRandom): string {
  if (page !== null) return spelledPage(page, random);
  if (website === null || !tells) return spelledNothing(random);
  return spelledWebsite(random.chance(0.3) ? website.domain : website.written, random);
}

function description(name: string, random: SeededRandom): string {
  return random.pick([
    '',
    `${name} makes things, and sells them.`,
    `They say: "we care"; we do not know.`,
    `First line.\nSecond line, of ${name}.`,
    'Plain words',
    "L'équipe de l'année",
    `A 5" screen | a 7' desk\tand more`,
  ]);
}

function isLatin1(text: string): boolean {
  return Buffer.from(text, 'latin1').toString('latin1') === text;
}
