import { SCOPES, type Scope } from '#libs/contracts';

/** The scopes of a key's record. What another release may have written and this one does not know opens nothing. */
export function scopesOf(json: string): Scope[] {
  return knownScopes(JSON.parse(json) as unknown);
}

/** Those of a list's members that are scopes. */
export function knownScopes(list: unknown): Scope[] {
  return Array.isArray(list) ? list.filter(isScope) : [];
}

function isScope(name: unknown): name is Scope {
  return (SCOPES as readonly unknown[]).includes(name);
}
