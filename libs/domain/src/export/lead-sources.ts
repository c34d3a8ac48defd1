import type { CompanyDocument, Lead } from '#libs/contracts';
import type { KnownFacts } from '../facts';
import { stepOutput, stepRecord } from '../walk';

/** Facts beside those that firm data may fill in, each with the step whose vendor told it. */
const OF_STEPS = [
  ['website', 'website'],
  ['summary', 'profile'],
  ['contacts', 'contacts'],
  ['signals', 'signals'],
] as const;

/** Where each fact of a lead comes from, in a fixed order. Persons' addresses name their vendors themselves. */
export function leadSources(document: CompanyDocument, facts: KnownFacts): Lead['sources'] {
  const sources: Lead['sources'] = { ...facts.sources };
  const firm = stepOutput(document, 'firmographics', 'enrich_company');
  const firmVendor = stepRecord(document, 'firmographics')?.vendor ?? null;
  if (firm && firmVendor !== null) {
    if (firm.revenue_usd !== null) sources.revenue_usd = firmVendor;
    if (firm.linkedin !== null) sources.linkedin = firmVendor;
  }
  for (const [fact, step] of OF_STEPS) {
    const record = stepRecord(document, step);
    if (record?.status === 'found' && record.vendor !== null) sources[fact] = record.vendor;
  }
  return sources;
}
