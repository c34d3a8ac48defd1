import { shortHash } from '#libs/kernel';
import type { CompanyFacts } from './company-facts';
import { nameKey } from './name/name-key';

/** 80 bits: among ten million companies a collision has a probability of 4 · 10⁻¹¹. */
const ID_LENGTH = 16;

/**
 * `c_` + 16 base32 characters, from the domain, else the name's key and the country, else the social page. The same company
 * gets the same id in every run. `discriminator` tells apart what would get one id and is not one company: two domainless
 * companies of one name, of which no country is known.
 */
export function companyId(facts: CompanyFacts, discriminator?: string): string {
  const identity = facts.domain ?? identityWithoutDomain(facts);
  return `c_${shortHash(discriminator === undefined ? identity : `${identity}#${discriminator}`, ID_LENGTH)}`;
}

function identityWithoutDomain({ name, country, social }: CompanyFacts): string {
  const key = name === null ? '' : nameKey(name, country);
  return key === '' ? (social ?? '') : `${key}|${country ?? ''}`;
}
