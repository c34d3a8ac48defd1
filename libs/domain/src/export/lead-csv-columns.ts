import type { LeadContact, LeadFacts, ListedLead } from '#libs/contracts';
import { MICRO_PER_USD } from '#libs/kernel';

/** A cell: empty where null. */
export type CsvCell = string | number | null;

/**
 * One column of `leads.csv`. `kind` decides whether a cell may be read as a formula: a `number` never is, a `text`
 * always may be. Names and order are a file format that people's spreadsheets rely on: add at the end, never rename.
 */
export interface LeadCsvColumn {
  name: string;
  kind: 'text' | 'number';
}

interface LeadColumn extends LeadCsvColumn {
  cell: (lead: ListedLead, contact: LeadContact | null) => CsvCell;
}

const text = (name: string, cell: LeadColumn['cell']): LeadColumn => ({ name, kind: 'text', cell });
const number = (name: string, cell: LeadColumn['cell']): LeadColumn => ({ name, kind: 'number', cell });

/** More are in `leads.jsonl`. */
const SIGNALS_MAX = 3;

/** In the order a salesperson reads: who, how good, whom to write to, why; then the rest. Lists are joined by `; `. */
const COLUMNS: readonly LeadColumn[] = [
  number('rank', (lead) => lead.rank),
  text('name', (lead) => lead.company.name),
  text('domain', (lead) => lead.company.domain),
  number('score', (lead) => lead.score.score),
  text('bucket', (lead) => lead.score.bucket),
  text('contact_name', (_lead, contact) => contact && fullName(contact)),
  text('contact_title', (_lead, contact) => contact?.title ?? null),
  text('contact_email', (_lead, contact) => contact?.email ?? null),
  text('email_verdict', (_lead, contact) => contact?.verdict ?? null),
  number('contacts_count', (lead) => lead.contacts.length),
  text('country', (lead) => factsOf(lead).country),
  text('region', (lead) => lead.company.region),
  text('city', (lead) => lead.company.city),
  text('industry', (lead) => factsOf(lead).industry),
  text('industries', (lead) => joined(factsOf(lead).industries)),
  number('employees_min', (lead) => factsOf(lead).employees?.min ?? null),
  number('employees_max', (lead) => factsOf(lead).employees?.max ?? null),
  number('founded', (lead) => factsOf(lead).founded),
  text('rationale', (lead) => lead.score.rationale),
  text('match_reasons', (lead) => joined(lead.match.reasons.map((reason) => reason.text))),
  number('confidence', (lead) => lead.score.confidence),
  number('pre_score', (lead) => lead.match.pre_score),
  text('website_url', (lead) => lead.website?.url ?? null),
  text('website_title', (lead) => lead.website?.title ?? null),
  text('social', (lead) => lead.company.social),
  text('status', (lead) => lead.status),
  text('problems', (lead) => joined(lead.problems)),
  number('cost_usd', (lead) => lead.cost_micro_usd / MICRO_PER_USD),
  text('vendors', (lead) => joined(lead.vendors)),
  text('simulated', (lead) => String(lead.simulated)),
  text('company_id', (lead) => lead.company.company_id),
  text('source_rows', (lead) => joined(lead.company.source_rows.map(String))),
  text('summary', (lead) => lead.profile?.summary ?? null),
  text('products', (lead) => joined(lead.profile?.products ?? [])),
  text('sells_to', (lead) => lead.profile?.sells_to ?? null),
  text('signals', (lead) => joined(lead.signals.slice(0, SIGNALS_MAX).map(signalText))),
  number('revenue_usd', (lead) => lead.firmographics?.revenue_usd ?? null),
  text('linkedin', (lead) => lead.firmographics?.linkedin ?? null),
  text('email_source', (_lead, contact) => contact?.email_source ?? null),
  text('email_verified_by', (_lead, contact) => contact?.verified_by ?? null),
  text('fact_sources', (lead) =>
    joined(Object.entries(lead.sources).map(([fact, source]) => `${fact}: ${source}`)),
  ),
];

/** The header of `leads.csv` with each column's kind. */
export const LEAD_CSV_COLUMNS: readonly LeadCsvColumn[] = COLUMNS.map(({ name, kind }) => ({ name, kind }));

/** A lead's cells in the order of `LEAD_CSV_COLUMNS`, not yet escaped. The contact is the lead's first, the best one. */
export function leadToCsvRow(lead: ListedLead): CsvCell[] {
  const contact = lead.contacts[0] ?? null;
  return COLUMNS.map(({ cell }) => cell(lead, contact));
}

/** The facts with their gaps filled. */
function factsOf({ facts, company }: ListedLead): LeadFacts {
  return facts ?? company;
}

function signalText({ title, url }: ListedLead['signals'][number]): string {
  return `${title} (${url})`;
}

function fullName({ first_name, last_name }: LeadContact): string | null {
  return [first_name, last_name].filter((part) => part !== null).join(' ') || null;
}

function joined(items: readonly string[]): string {
  return items.join('; ');
}
