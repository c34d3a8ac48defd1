import type { Company } from '#libs/contracts';

/** What one input row says of a company: every member canonical, or null where the row does not say. */
export type CompanyFacts = Omit<Company, 'company_id' | 'source_rows'>;

/** A row as a company's facts, or why it cannot be one, as a sentence that names what is missing or broken. */
export type RowResult = { kind: 'company'; facts: CompanyFacts } | { kind: 'reject'; reason: string };
