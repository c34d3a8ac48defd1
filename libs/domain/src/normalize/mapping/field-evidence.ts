import type { CompanyField } from '#libs/contracts';
import type { ColumnLook } from './column-look';

/** How far the values of a column bear a field out. */
interface FieldEvidence {
  /** Values of which the field can be read. */
  readable: number;
  /** What they are called in a sentence: "578 of 580 values are web addresses". */
  what: string;
  /** Share of readable values below which a usual name is not believed. */
  contradictedBelow: number;
  /** Share from which a loose name is believed. */
  agreedFrom: number;
}

/** `isAlone`: whether the values of any other kind were counted; for fields that any text may be. */
type Judge = (look: ColumnLook) => FieldEvidence;

const evidence = (
  readable: number,
  what: string,
  contradictedBelow: number,
  agreedFrom: number,
): FieldEvidence => ({
  readable,
  what,
  contradictedBelow,
  agreedFrom,
});

/** Texts that are nothing more special. */
function plainTexts(look: ColumnLook): number {
  return Math.max(0, look.shortTexts - look.ranges);
}

/** By field: which of the counts speak for it, and how loudly they must. */
export const FIELD_EVIDENCE: Readonly<Record<CompanyField, Judge>> = {
  name: (look) => evidence(plainTexts(look), 'texts short enough for a name', 0.3, 0.7),
  domain: (look) =>
    evidence(
      look.ownSites +
        (look.pages > look.ownSites ? look.pages : Math.min(look.pages, look.filled - look.ownSites)),
      'web addresses',
      0.25,
      0.5,
    ),
  social: (look) => evidence(look.pages, 'pages on platforms', 0.4, 0.6),
  country: (look) => evidence(look.countries + look.plates, 'countries', 0.4, 0.7),
  region: (look) => evidence(plainTexts(look), 'names or letters', 0.5, 0.7),
  city: (look) => evidence(plainTexts(look) - look.sentences, 'short names', 0.4, 0.7),
  location: (look) => evidence(Math.max(look.locations, plainTexts(look) - look.numbers), 'places', 0.3, 0.6),
  industry: (look) => evidence(look.industries, 'industries of the taxonomy', 0.15, 0.5),
  employees: (look) => evidence(look.employees, 'numbers or ranges of employees', 0.3, 0.6),
  employees_min: (look) => evidence(look.employees, 'numbers', 0.3, 0.6),
  employees_max: (look) => evidence(look.employees, 'numbers', 0.3, 0.6),
  founded: (look) => evidence(look.years + look.serialDates, 'years or dates', 0.3, 0.8),
  description: (look) => evidence(look.filled - look.numbers - look.links, 'texts', 0.5, 0.6),
};
