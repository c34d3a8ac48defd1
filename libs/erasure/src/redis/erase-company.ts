import type { Company, CompanyDocument, IcpMatch, StepRecord, TriedVendor } from '#libs/contracts';
import { erasePersons, namesOfSubject, type ErasedName } from '#libs/domain';
import { journalFields } from '#libs/run-state';
import type { Sought } from '../known-persons';
import type { Hash, HashChange } from './changed-hash';
import { eraseText } from './erase-text';

interface Base {
  company: Company;
  match: IcpMatch;
  position: number;
}

/** Steps that are about persons: a walk that goes on makes them again, from what is left in the ledger. */
const OF_PERSONS = /^[st]:(contacts|find_email_\d+|email_\d+)(:|$)/;

/** The names that go with the subject's addresses in a company of a run. */
export function namesInCompany(hash: Hash, { finder }: Sought): ErasedName[] {
  return hash.base === undefined ? [] : namesOfSubject(documentOf(hash, hash.base), finder);
}

/** Whether a company of a run is the subject itself. */
export function isErasedCompany(hash: Hash, { finder }: Sought): boolean {
  return hash.base !== undefined && finder.isDomain((JSON.parse(hash.base) as Base).company.domain);
}

/**
 * A company of a run without the subject. The subject itself loses everything but its id and its place; it must have ended as
 * suppressed before.
 */
export function eraseCompany(hash: Hash, sought: Sought): HashChange {
  if (hash.base === undefined) return {};
  if (isErasedCompany(hash, sought)) return blank(hash, hash.base);
  const before = documentOf(hash, hash.base);
  const after = erasePersons(before, sought);
  const fields: Record<string, string> = {
    ...journalOf(after),
    base: JSON.stringify({ company: after.company, match: after.match, position: after.position }),
  };
  const change: Record<string, string | null> = {};
  for (const [field, text] of Object.entries(hash)) {
    const isJournal = field.startsWith('s:') || field.startsWith('t:');
    const now = isJournal || field === 'base' ? fields[field] : eraseText(text, sought);
    if (now === undefined) change[field] = null;
    else if (now !== text && !sameJson(now, text)) change[field] = now;
  }
  for (const [field, text] of Object.entries(fields)) if (!(field in hash)) change[field] = text;
  if (hash.state !== 'pending') return change;
  return Object.fromEntries(
    Object.entries(change).map(([field, text]) => [field, OF_PERSONS.test(field) ? null : text]),
  );
}

function blank(hash: Hash, base: string): HashChange {
  const { company, match, position } = JSON.parse(base) as Base;
  const nothing: Company = {
    company_id: company.company_id,
    name: null,
    domain: null,
    social: null,
    country: null,
    region: null,
    city: null,
    industry: null,
    industries: [],
    employees: null,
    founded: null,
    description: null,
    source_rows: company.source_rows,
  };
  const text = JSON.stringify({ company: nothing, match: { ...match, reasons: [] }, position });
  const dropped = Object.keys(hash).filter(
    (field) => /^[st]:/.test(field) || field === 'score' || field === 'failure',
  );
  return {
    ...Object.fromEntries(dropped.map((field) => [field, null])),
    ...(text !== base && { base: text }),
    ...(hash.state !== 'suppressed' && { state: 'suppressed' }),
  };
}

function documentOf(hash: Hash, base: string): CompanyDocument {
  const records = <T>(prefix: string): T[] =>
    Object.entries(hash)
      .filter(([field]) => field.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, text]) => JSON.parse(text) as T);
  return {
    ...(JSON.parse(base) as Base),
    state: hash.state as CompanyDocument['state'],
    steps: records<StepRecord>('s:'),
    tried: records<TriedVendor>('t:'),
    score: null,
    failure: null,
  };
}

function journalOf({ steps, tried }: CompanyDocument): Record<string, string> {
  const fields = [
    ...steps.map((record) => journalFields({ kind: 'step', record })),
    ...tried.map((record) => journalFields({ kind: 'tried', record })),
  ];
  return Object.assign({}, ...fields) as Record<string, string>;
}

function sameJson(a: string, b: string): boolean {
  return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
}
