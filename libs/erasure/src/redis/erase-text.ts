import { eraseFromJson } from '#libs/domain';
import type { Sought } from '../known-persons';

/** A stored text without the subject, JSON as JSON; the same text if it does not have it. */
export function eraseText(text: string, { finder, company }: Sought): string {
  if (!finder.isIn(text) && company?.finder.isIn(text) !== true) return text;
  const json = asJson(text);
  if (json === undefined) return finder.without(text);
  const cleaned = eraseFromJson(json, finder);
  return JSON.stringify(company ? eraseFromJson(cleaned, company.finder) : cleaned);
}

function asJson(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
