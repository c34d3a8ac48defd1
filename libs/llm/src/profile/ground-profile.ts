import type { CompanyProfile } from '#libs/contracts';
import { beforeAddress, isAddressedToModels } from '../text/addressed-to-models';
import { hasContactDetails } from '../text/contact-details';
import { visibleText } from '../text/visible-text';
import type { ProfileAnswer } from './profile-answer.schema';
import { isSummaryOf } from './summary-grounds';

const LIST_MAX = 5;
const SUMMARY = { min: 10, max: 300 };
const PRODUCT = { min: 2, max: 80 };
const QUOTE = { min: 12, max: 200 };
/** Marks of Markdown, HTML, templates and shells. */
const MARKUP = /[<>{}[\]|\\`^~*_#$]/;
const BEGINNING = /^[\p{L}\p{N}"“„«(‘'「『]/u;

/**
 * Keeps of a model's answer what the text bears out, and drops the rest value by value: quotes that stand in it word for
 * word, products that it names, a summary made of its words, and whom it sells to only where a quote is left that could
 * show it. Whatever the text made the model say, no value is longer than its bound, has markup in it, or tells where to
 * go, write or call. Null when nothing is left.
 */
export function groundProfile(answer: ProfileAnswer, text: string): CompanyProfile | null {
  const ground = beforeAddress(visibleText(text));
  const quotes = kept(answer.quotes, QUOTE, (quote) => standsIn(ground, quote));
  const products = kept(answer.products, PRODUCT, (product) =>
    standsIn(ground.toLowerCase(), product.toLowerCase()),
  );
  const [summary = null] = kept([answer.summary ?? ''], SUMMARY, (said) => isSummaryOf(ground, said));
  const sells_to = quotes.length > 0 ? answer.sells_to : null;
  if (summary === null && products.length === 0 && quotes.length === 0) return null;
  return { summary, products, sells_to, quotes };
}

function kept(
  values: readonly string[],
  { min, max }: { min: number; max: number },
  isBorneOut: (value: string) => boolean,
): string[] {
  const usable = values
    .slice(0, LIST_MAX * 4)
    // What is far too long is dropped before anything looks at it.
    .filter((value) => value.length <= max * 2)
    .map(visibleText)
    .filter((value) => value.length >= min && value.length <= max && isPlain(value) && isBorneOut(value));
  return [...new Set(usable)].slice(0, LIST_MAX);
}

function isPlain(value: string): boolean {
  return (
    BEGINNING.test(value) &&
    !MARKUP.test(value) &&
    !hasContactDetails(value) &&
    !isAddressedToModels(value) &&
    value.isWellFormed()
  );
}

/** As whole words: neither end lies within one. */
function standsIn(text: string, value: string): boolean {
  for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
    const isCutBefore = isWord(text.at(at - 1) ?? '') && at > 0 && isWord(value.charAt(0));
    const isCutBehind = isWord(text.charAt(at + value.length)) && isWord(value.at(-1) ?? '');
    if (!isCutBefore && !isCutBehind) return true;
  }
  return false;
}

/** Scripts without spaces between words have words everywhere. */
function isWord(character: string): boolean {
  return (
    /[\p{L}\p{N}]/u.test(character) &&
    !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(character)
  );
}
