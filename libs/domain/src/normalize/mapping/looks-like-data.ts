import { readWebAddress } from '../domain/read-web-address';
import { normalizeCountry } from '../place/normalize-country';
import { legalFormWords } from '../name/legal-forms';
import { foldText } from '../text/fold-text';
import { isMissing } from '../text/is-missing';
import { headerMeanings } from './header-aliases';

/**
 * True if a table's first row is data and not the names of its columns: it holds a web address, an e-mail address, a number,
 * the name of a company with its legal form, or repeats a value that stands below it, and hardly a word that columns are called by.
 */
export function looksLikeData(firstRow: readonly string[], others: readonly (readonly string[])[]): boolean {
  const cells = firstRow.map((cell) => cell.trim());
  const said = cells.filter((cell) => cell !== '');
  if (said.length === 0) return false;
  const names = said.filter((cell) =>
    headerMeanings(cell).some(({ strength }) => strength === 'usual'),
  ).length;
  if (names >= 2 || (names >= 1 && said.length <= 2 && !said.some(isUnmistakable))) return false;
  if (said.some(isUnmistakable)) return names === 0 || names / said.length < 0.3;
  const repeated = cells.filter((cell, at) => cell !== '' && isRepeated(cell, at, others)).length;
  const numbers = said.filter((cell) => /^[$€£]?\d[\d.,\s+-]*$/.test(cell)).length;
  const countries = said.filter((cell) => cell.length > 3 && normalizeCountry(cell) !== null).length;
  const missing = said.filter((cell) => isMissing(cell)).length;
  const companies = said.filter(hasLegalForm).length;
  return names === 0 && repeated + numbers + countries + missing + companies > 0;
}

/** `Acme GmbH`; `Company` alone is a column's name. */
function hasLegalForm(cell: string): boolean {
  return legalFormWords(foldText(cell).split(' ')) > 0;
}

/** No column is called like that. */
function isUnmistakable(cell: string): boolean {
  if (/^\S+@\S+\.\S+$/.test(cell) || /^(?:https?:\/\/|www\.)/i.test(cell)) return true;
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/\S*)?$/i.test(cell) && readWebAddress(cell).domain !== null;
}

function isRepeated(cell: string, at: number, others: readonly (readonly string[])[]): boolean {
  return others.some((row) => (row[at] ?? '').trim() === cell);
}
