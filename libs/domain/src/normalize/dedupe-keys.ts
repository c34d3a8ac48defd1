import type { CompanyFacts } from './company-facts';
import { nameKey } from './name/name-key';

/** Keys under which two rows speak of the same company. */
export interface DedupeKeys {
  domain: string | null;
  /** `<name key>|<country>`; null without name or without country: a name alone merges nothing across countries. */
  nameInCountry: string | null;
  /** The name's key; null where the company has no name. */
  name: string | null;
}

/** The keys of one row's facts. Merging is the caller's: a group by name and country may hold one domain at most. */
export function dedupeKeys(facts: CompanyFacts): DedupeKeys {
  const key = facts.name === null ? '' : nameKey(facts.name, facts.country);
  const name = key === '' ? null : key;
  return {
    domain: facts.domain,
    nameInCountry: name === null || facts.country === null ? null : `${name}|${facts.country}`,
    name,
  };
}
