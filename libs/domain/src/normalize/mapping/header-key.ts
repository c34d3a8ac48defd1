import { foldText } from '../text/fold-text';

/**
 * A column's name as words to compare by: `companyName`, `company_name`, `company.name`, `Company Name*` and `COMPANY-NAME` are all
 * `company name`; `#` is "number", what stands in brackets counts.
 */
export function headerKey(name: string): string {
  const words = name
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/#|№|\bno\.\s?(?=of)/gi, ' number ')
    .replace(/[_.]/g, ' ');
  return foldText(words).replace(SPLIT_BRANDS, (brand) => brand.replace(' ', ''));
}

/** Brands with a capital inside, which the rule for camel case has split. */
const SPLIT_BRANDS = /\b(?:linked in|crunch base|you tube|git hub|pitch book|angel list|e mail|web site)\b/g;

/** Words that say whose property a column is, not which: `Company Website`, `HQ Country`, `Unternehmensname`. */
const OWNER_WORDS = new Set(
  (
    'company companies organization organisation organizations org account business firm firms corporate corporation enterprise employer ' +
    'primary main current official the of s properties attributes data name1 registered lead prospect startup customer client ' +
    'firma firmen unternehmen unternehmens betrieb entreprise societe empresa azienda societa bedrijf foretag virksomhed ' +
    'legal full reg de la del der des du di'
  ).split(' '),
);
/** Words for a company's seat. */
const SEAT_WORDS = new Set(
  'hq headquarters headquarter headquartered head office seat hauptsitz sitz siege sede billing mailing located mapping'.split(
    ' ',
  ),
);

/** What is left of a header's key without the words that say whose it is; and which of those words it had. */
export function headerCore(key: string): { core: string; hasOwner: boolean; hasSeat: boolean } {
  const words = key.split(' ');
  const core = words.filter((word) => !OWNER_WORDS.has(word) && !SEAT_WORDS.has(word)).join(' ');
  return {
    core,
    hasOwner: words.some((word) => OWNER_WORDS.has(word)),
    hasSeat: words.some((word) => SEAT_WORDS.has(word)),
  };
}

/** A name that says nothing: `Field7`, `column 3`, `Unnamed: 0`, `X`, an empty one. */
export function isMeaninglessHeader(key: string): boolean {
  return /^(?:|\w|\d+|(?:field|column|col|spalte|feld|colonne|columna|var|f|c|unnamed|attribute|untitled|text|value|data)\s?\d*(?: number \d+)?)$/.test(
    key,
  );
}
