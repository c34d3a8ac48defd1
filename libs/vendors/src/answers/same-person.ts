import { foldText } from '#libs/domain';

interface PersonName {
  first_name: string;
  last_name: string;
}

/** Nobody's name is longer. */
const NAME_LENGTH_MAX = 200;
/** A short form of a given name has at least this many letters, and the whole at least as many more: Tim, Timothy. */
const SHORT_FORM_LENGTH_MIN = 3;

/**
 * Whether the person a vendor found goes by the name that was asked for: accents, signs, second names, initials, short
 * forms and the order of the names aside. Somebody without a name is nobody's namesake.
 */
export function isSamePerson(
  asked: PersonName,
  found: { first_name?: string | null | undefined; last_name?: string | null | undefined },
): boolean {
  const [first, last] = [words(asked.first_name), words(asked.last_name)];
  const [foundFirst, foundLast] = [words(found.first_name), words(found.last_name)];
  return (
    (sameGivenName(first, foundFirst) && sameFamilyName(last, foundLast)) ||
    // Family name first, as much of the world writes it.
    (sameFamilyName(first, foundLast) && sameFamilyName(last, foundFirst))
  );
}

function words(name: string | null | undefined): string[] {
  return foldText((name ?? '').slice(0, NAME_LENGTH_MAX))
    .split(' ')
    .filter((word) => word !== '');
}

/** One of them may leave names out: `Garcia` for `Garcia Lopez`. Hyphens and spaces inside a name do not count. */
function sameFamilyName(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0) return false;
  if (a.join('') === b.join('')) return true;
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  return fewer.every((word) => word.length > 1 && more.includes(word));
}

function sameGivenName(a: readonly string[], b: readonly string[]): boolean {
  const [firstA, firstB] = [a[0], b[0]];
  if (firstA === undefined || firstB === undefined) return false;
  return sameFamilyName(a, b) || isShortFor(firstA, firstB) || isShortFor(firstB, firstA);
}

function isShortFor(short: string, whole: string): boolean {
  if (!whole.startsWith(short)) return false;
  return (
    short.length <= 1 ||
    whole === short ||
    (short.length >= SHORT_FORM_LENGTH_MIN && whole.length >= short.length + SHORT_FORM_LENGTH_MIN)
  );
}
