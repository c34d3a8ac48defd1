import { z } from 'zod';
import {
  companyId,
  subjectFinder,
  type CompanyFacts,
  type ErasedName,
  type ErasureSubject,
  type SubjectFinder,
} from '#libs/domain';

export const erasedNameSchema = z.object({ first: z.string(), last: z.string() });

/** What a sweep looks for: the subject itself, and what it has learned of it. */
export interface Sought {
  subject: ErasureSubject;
  finder: SubjectFinder;
  /** The company itself under its id; null for a person. */
  company: { id: string; finder: SubjectFinder } | null;
  /** Of the persons whose address it is. */
  names: ErasedName[];
}

export function soughtOf(subject: ErasureSubject, names: readonly ErasedName[]): Sought {
  return {
    subject,
    finder: subjectFinder(subject),
    company: subject.kind === 'domain' ? companyOf(subject.value) : null,
    names: [...names],
  };
}

function companyOf(domain: string): { id: string; finder: SubjectFinder } {
  // A company with a domain has its id of that alone.
  const id = companyId({ domain, name: null, country: null, social: null } as CompanyFacts);
  return { id, finder: subjectFinder({ kind: 'email', value: id }) };
}

/** Adds the names that are new. */
export function learnNames({ names }: Sought, found: readonly ErasedName[]): void {
  for (const { first, last } of found) {
    if (!names.some((known) => known.first === first && known.last === last)) names.push({ first, last });
  }
}
