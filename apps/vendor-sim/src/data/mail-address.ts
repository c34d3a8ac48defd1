import { mailDomain } from './simulated-domain';

/** How a company writes its addresses, by a vendor's names for the patterns. */
const PATTERNS = {
  '{first}.{last}': (first: string, last: string) => `${first}.${last}`,
  '{first}': (first: string) => first,
  '{f}{last}': (first: string, last: string) => `${first.charAt(0)}${last}`,
} as const;
export type MailPattern = keyof typeof PATTERNS;

/** An address of that pattern at the company's simulated mail domain; null for names without a Latin letter. */
export function mailAddress(
  pattern: MailPattern,
  firstName: string,
  lastName: string,
  domain: string,
): string | null {
  const [first, last] = [letters(firstName), letters(lastName)];
  if (first === '' || last === '') return null;
  return `${PATTERNS[pattern](first, last)}@${mailDomain(domain)}`;
}

function letters(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z]/g, '');
}
