import type { Company, Exclusion, ExclusionKind, IcpMatch } from '#libs/contracts';
import { shortHash } from '#libs/kernel';
import { normalizeDomain } from '../normalize';
import { nameKey } from '../normalize/name/name-key';

const ID_LENGTH = 16;
/** Where an umlaut written as two letters does not count; the key is the same in all of them. */
const GERMAN_SPEAKING = 'DE';

/** An entry as a tenant writes it. */
export interface GivenExclusion {
  kind: ExclusionKind;
  /** In any spelling of a web address. */
  domain?: string | null;
  name?: string | null;
}

/**
 * An entry of the exclusion list in the form it is stored and compared in, or what is wrong with it, as a sentence. A domain
 * counts with all its subdomains, a name without case, accents and legal form.
 */
export function canonicalExclusion(given: GivenExclusion): Exclusion | { problem: string } {
  const address = trimmed(given.domain);
  const name = trimmed(given.name);
  const domain = address === null ? null : normalizeDomain(address);
  if (address !== null && domain === null) {
    return { problem: `"${address.slice(0, 100)}" is no domain of a company; write e.g. example.com` };
  }
  const key = name === null ? '' : nameKey(name);
  if (name !== null && key === '') {
    return { problem: `"${name.slice(0, 100)}" is no name: it has no letter or digit` };
  }
  if (domain === null && name === null) return { problem: 'give a domain, a name, or both' };
  return { id: `x_${shortHash(`${domain ?? ''}|${key}`, ID_LENGTH)}`, kind: given.kind, domain, name };
}

/** The entry that excludes a company, if one does: one for its domain before one for its name. */
export type ExclusionFinder = (company: Company) => Exclusion | undefined;

/** Makes a list ready to be held against a million companies. Of two entries for the same the first counts. */
export function compileExclusions(list: Iterable<Exclusion>): ExclusionFinder {
  const byDomain = new Map<string, Exclusion>();
  const byName = new Map<string, Exclusion>();
  const addTo = (map: Map<string, Exclusion>, key: string, entry: Exclusion): void => {
    if (!map.has(key)) map.set(key, entry);
  };
  for (const entry of list) {
    if (entry.domain !== null) addTo(byDomain, entry.domain, entry);
    if (entry.name === null) continue;
    addTo(byName, nameKey(entry.name), entry);
    addTo(byName, nameKey(entry.name, GERMAN_SPEAKING), entry);
  }
  return ({ domain, name, country }) =>
    (domain === null ? undefined : byDomain.get(domain)) ??
    (name === null || byName.size === 0 ? undefined : byName.get(nameKey(name, country)));
}

/** The shortlist's verdict on an excluded company. */
export function excludedMatch({ kind, domain, name }: Exclusion): IcpMatch {
  const listed = [name, domain].filter((text) => text !== null).join(', ');
  const text = `excluded: ${kind} (${listed})`;
  return { matched: false, pre_score: 0, reasons: [{ criterion: 'exclusion_list', verdict: 'miss', text }] };
}

function trimmed(text: string | null | undefined): string | null {
  const found = text?.trim() ?? '';
  return found === '' ? null : found;
}
