/** Whose data is to be erased: a person by address, or a company with everybody who has an address there, by domain. */
export interface ErasureSubject {
  kind: 'email' | 'domain';
  /** As `suppressedSubject` spells it. */
  value: string;
}

/** What stands in a text in place of what was erased. */
export const ERASED = '[erased]';

/** A person by name, as a contact or a lookup spells it: in lower case, spaces single. */
export interface ErasedName {
  first: string;
  last: string;
}

/** Finds a subject in texts. */
export interface SubjectFinder {
  isIn(text: string): boolean;
  /** The text with `ERASED`, or what is given, in its place. */
  without(text: string, instead?: string): string;
  /** Whether an address is the subject's. */
  isAddress(email: string | null): boolean;
  /** Whether a company's domain is the subject. */
  isDomain(domain: string | null): boolean;
}

/**
 * Finds the address or domain where it stands for itself, in any case, also as part of a URL: `acme.com` is in `www.acme.com/x` and
 * in `ada@acme.com`, and neither in `notacme.com` nor in `acme.com.au`.
 */
export function subjectFinder({ kind, value }: ErasureSubject): SubjectFinder {
  const literal = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace('@', '(?:@|%40)');
  const before =
    kind === 'email'
      ? '(?<![a-z0-9._+-])'
      : '(?<![a-z0-9-])(?:[a-z0-9._%+-]{1,64}(?:@|%40))?(?:[a-z0-9-]{1,63}\\.){0,5}';
  // What is simulated has addresses at `<domain>.invalid`, which is nobody else's.
  const after = kind === 'email' ? '' : '(?:\\.invalid)?';
  const pattern = `${before}${literal}${after}(?![a-z0-9-])(?!\\.[a-z0-9])`;
  const once = new RegExp(pattern, 'i');
  const all = new RegExp(pattern, 'gi');
  return {
    isIn: (text) => once.test(text),
    without: (text, instead = ERASED) => text.replace(all, () => instead),
    isAddress: (email) => email !== null && once.test(email),
    isDomain: (domain) => kind === 'domain' && domain?.toLowerCase() === value,
  };
}
