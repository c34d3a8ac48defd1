import type { ColumnMapping, CompanyField } from '#libs/contracts';
import { readWebAddress } from '../domain/read-web-address';
import { lookAt, type ColumnLook } from './column-look';
import { FIELD_EVIDENCE } from './field-evidence';
import { headerMeanings, isAboutOtherThings, isCompanysName, isMail } from './header-aliases';
import { headerKey, isMeaninglessHeader } from './header-key';
import { fieldsByValues } from './recognise-values';

/** A column with what its name and its values say. */
interface Column {
  at: number;
  name: string;
  values: readonly string[];
  look: ColumnLook;
}

/** A claim of a column to be a field. */
interface Claim {
  column: Column;
  field: CompanyField;
  by: 'name' | 'values' | 'name_and_values';
  evidence: string;
  /** Lower is better. */
  rank: number;
}

const SAMPLE_MAX = 300;
/** Several columns of these make one fact: industries are united, web addresses, sizes and names fill each other's gaps. */
const JOINED: ReadonlySet<CompanyField> = new Set(['industry', 'domain', 'employees', 'name']);
/** Behind every usual name in the alias tables, and before every loose one. */
const RANK_OF_LOOSE = 100;
/** Behind every name in the alias tables. */
const RANK_BY_VALUES = 500;

/**
 * What each column of a table is: one mapping per column, in column order. A column is recognised by its name, by the look of
 * its values in `sample` (cells in column order, up to some hundred rows), or both. At most one column per field, except
 * industries, web addresses, sizes and names of companies. A usual name whose values say otherwise is not believed.
 */
export function chooseMapping(
  header: readonly string[],
  sample: readonly (readonly string[])[],
): ColumnMapping[] {
  const columns = header.map((name, at): Column => {
    const values = sample.slice(0, SAMPLE_MAX).map((row) => row[at] ?? '');
    return { at, name, values, look: lookAt(values) };
  });
  const hasSites = columns.some(({ look }) => look.ownSites / look.filled >= SITES_MIN && !isOneSite(look));
  const claims = columns
    .flatMap((column) => [...claimsByName(column), ...claimsByValues(column)])
    .map((claim) => (hasSites && claim.field === 'domain' ? asPagesIfNoSites(claim) : claim));
  const chosen = settle(claims, columns);
  return columns.map((column) => {
    const claim = chosen.get(column.at);
    return claim === undefined
      ? { field: null, by: null, evidence: whyUnused(column, claims) }
      : { field: claim.field, by: claim.by, evidence: claim.evidence };
  });
}

function claimsByName(column: Column): Claim[] {
  const { look, name } = column;
  return headerMeanings(name).flatMap(({ field, strength, rank }): Claim[] => {
    if (field === 'domain' && isMail(headerKey(name))) return mailClaim(column, rank);
    const { readable, what, contradictedBelow, agreedFrom } = FIELD_EVIDENCE[field](look);
    const share = look.filled === 0 ? 0 : readable / look.filled;
    if (look.filled > 0 && share < (strength === 'usual' ? contradictedBelow : agreedFrom)) return [];
    if (look.filled === 0 && strength === 'loose') return [];
    if (field === 'domain' && strength === 'loose' && isOneSite(look)) return [];
    const called = `"${shown(name)}" is ${strength === 'usual' ? 'a usual' : 'a possible'} name for it`;
    if (look.filled === 0)
      return [{ column, field, by: 'name', evidence: `${called}; it has no values to look at`, rank }];
    const by = share >= agreedFrom ? 'name_and_values' : 'name';
    const figures = `${readable} of ${look.filled} values are ${what}`;
    return [{ column, field, by, evidence: `${called}; ${figures}`, rank: rank + (1 - share) * 40 }];
  });
}

/** Many small companies write from a mailbox provider's address, which says nothing. */
const COMPANY_MAILS_MIN = 0.1;

const SITES_MIN = 0.5;

/** `Website` full of `linkedin.com/company/…` beside a column that has the sites: it is the social pages. */
function asPagesIfNoSites(claim: Claim): Claim {
  const { look, name } = claim.column;
  if (look.ownSites > 0 || look.pages === 0 || look.pages / look.filled < 0.8) return claim;
  const evidence = `"${shown(name)}" holds no company's own site: ${look.pages} of ${look.filled} values are pages on platforms`;
  return { ...claim, field: 'social', by: 'values', evidence, rank: claim.rank + RANK_BY_VALUES };
}

/** Addresses of persons at a company: the domain behind the `@` is used where nothing better is known. */
function mailClaim(column: Column, rank: number): Claim[] {
  const { look, name } = column;
  const { filled, companyMails, sameMailDomain } = look;
  if (filled === 0 || companyMails / filled < COMPANY_MAILS_MIN) return [];
  // Whose mails are all at one domain is the owner of the list: an account manager, not the company.
  if (companyMails >= 3 && sameMailDomain / companyMails > 0.4) return [];
  const evidence = `"${shown(name)}" holds e-mail addresses; ${companyMails} of ${filled} are at a company's domain, which fills gaps`;
  return [{ column, field: 'domain', by: 'values', evidence, rank: RANK_BY_VALUES * 2 + rank }];
}

function claimsByValues(column: Column): Claim[] {
  const { look, name } = column;
  if (look.filled < 2 || isAboutOtherThings(name)) return [];
  const key = headerKey(name);
  const known = headerMeanings(name).some(({ strength }) => strength === 'usual');
  return fieldsByValues(look, isMeaninglessHeader(key), known).map(({ field, readable, what }, i) => ({
    column,
    field,
    by: 'values' as const,
    evidence: `${readable} of ${look.filled} values are ${what}`,
    rank: RANK_BY_VALUES + i * 50 + column.at / 10,
  }));
}

/** Best claims first; a column is one thing, a field one column unless columns of it join. */
function settle(claims: readonly Claim[], columns: readonly Column[]): Map<number, Claim> {
  const chosen = new Map<number, Claim>();
  const taken = new Map<CompanyField, Claim>();
  const bestFirst = [...claims].sort((a, b) => a.rank - b.rank || a.column.at - b.column.at);
  for (const claim of bestFirst) {
    const holder = taken.get(claim.field);
    if (chosen.has(claim.column.at)) continue;
    if (holder !== undefined && !(JOINED.has(claim.field) && joins(claim, holder))) continue;
    chosen.set(
      claim.column.at,
      holder === undefined || claim.field === 'industry' ? claim : asFiller(claim, holder),
    );
    if (holder === undefined) taken.set(claim.field, claim);
  }
  withoutPointlessParts(chosen, columns);
  return chosen;
}

/** The second column of web addresses fills gaps of the first: it comes after it, and says so. */
function asFiller(claim: Claim, holder: Claim): Claim {
  return {
    ...claim,
    by: 'values',
    evidence: `${claim.evidence}; fills the gaps of "${shown(holder.column.name)}"`,
  };
}

const COMPARED_MIN = 3;
const AGREEING_MIN = 0.5;

/** Industries always join; a further address column if it mostly agrees where both speak. */
function joins(claim: Claim, holder: Claim): boolean {
  if (claim.field === 'industry') return claim.by !== 'values';
  if (claim.field === 'name') return isCompanysName(claim.column.name);
  if (claim.field === 'employees') return claim.by === 'name_and_values' && claim.rank < RANK_OF_LOOSE;
  const both = claim.column.values
    .map((value, i) => [readWebAddress(value).domain, readWebAddress(holder.column.values[i] ?? '').domain])
    .filter(([mine, theirs]) => mine !== null && theirs !== null);
  const agreeing = both.filter(([mine, theirs]) => mine === theirs).length;
  if (both.length < COMPARED_MIN) return claim.rank < RANK_BY_VALUES || claim.rank >= RANK_BY_VALUES * 2;
  return agreeing / both.length >= AGREEING_MIN;
}

/** An exact number of employees makes a minimum and a maximum pointless, and the other way round. */
function withoutPointlessParts(chosen: Map<number, Claim>, columns: readonly Column[]): void {
  const isPart = (field: CompanyField | undefined): boolean =>
    field === 'employees_min' || field === 'employees_max';
  const claims = [...chosen.values()];
  const exact = claims.find(({ field }) => field === 'employees');
  if (exact === undefined) return;
  // JSON with `employees: null` in some objects and `employees: {min, max}` in others has an empty column of the name.
  const partsSayMore = exact.column.look.filled === 0 && claims.some(({ field }) => isPart(field));
  if (partsSayMore) chosen.delete(exact.column.at);
  else for (const { at } of columns) if (isPart(chosen.get(at)?.field)) chosen.delete(at);
}

/** True where most addresses are on one site: a directory or a picture server, nobody's own. */
function isOneSite({ ownSites, sameSite }: ColumnLook): boolean {
  return ownSites >= 3 && sameSite / ownSites > 0.4;
}

function whyUnused({ at, name, look }: Column, claims: readonly Claim[]): string {
  const lost = claims.find((claim) => claim.column.at === at);
  if (lost !== undefined) return `Not used: another column is the better ${lost.field}`;
  if (look.filled === 0) return 'Not used: it has no values';
  const of = `of ${look.filled} values`;
  if (look.images / look.filled > 0.5) return `Not used: ${look.images} ${of} are addresses of pictures`;
  if (isOneSite(look))
    return `Not used: ${look.sameSite} ${of} are addresses on one site, so none is the company's own`;
  const [contradicted] = headerMeanings(name);
  if (contradicted !== undefined) {
    const { readable, what } = FIELD_EVIDENCE[contradicted.field](look);
    return `Not used: the name would mean ${contradicted.field}, but only ${readable} ${of} are ${what}`;
  }
  if (isAboutOtherThings(name))
    return `Not used: "${shown(name)}" is about persons, money, pictures or records`;
  return `Not used: neither its name nor its values are known for anything needed`;
}

function shown(name: string): string {
  return name.trim().slice(0, 60);
}
