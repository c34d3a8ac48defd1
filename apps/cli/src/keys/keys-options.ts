import { appError, SCOPES, scopeSchema, type Scope } from '#libs/contracts';
import type { ActorOptions } from '../audit/actor';
import { durationMs } from '../typed/duration';
import { typedTenant } from '../typed/tenant-id';

const LIFETIME = { min: '1m', max: '3650d' };
const OVERLAP = { min: '0s', max: '90d' };
const OVERLAP_DEFAULT = '24h';

/** What may be typed behind the verbs, not checked yet. */
export interface KeysOptions extends ActorOptions {
  json?: boolean;
  tenantId?: string;
  key?: string;
  scopes?: string;
  expires?: string;
  overlap?: string;
}

/** Whose keys. Throws `usage` naming the flag, as all of these do. */
export function tenantOf({ tenantId }: KeysOptions): string {
  return typedTenant(tenantId);
}

export function keyOf({ key }: KeysOptions): string {
  if (key === undefined || key === '') {
    throw appError('usage', 'which key? pass --key <id>, as leadgen keys list shows it');
  }
  // Whoever pastes the whole key has shown its secret to the shell's history: the id is enough.
  if (key.startsWith('lg_')) throw appError('usage', '--key: pass the id only, the third part of the key');
  return key;
}

/** Undefined: all there are. */
export function scopesOf({ scopes }: KeysOptions): Scope[] | undefined {
  if (scopes === undefined) return undefined;
  return scopes.split(',').map((name) => {
    const scope = scopeSchema.safeParse(name.trim());
    if (scope.success) return scope.data;
    throw appError(
      'usage',
      `--scopes ${JSON.stringify(name)}: there is no such scope; there are ${SCOPES.join(', ')}`,
    );
  });
}

/** Undefined: it does not expire, or as long as the key it follows. */
export function lifetimeOf({ expires }: KeysOptions): number | undefined {
  return expires === undefined ? undefined : durationMs('--expires', expires, LIFETIME);
}

export function overlapOf({ overlap }: KeysOptions): number {
  return durationMs('--overlap', overlap ?? OVERLAP_DEFAULT, OVERLAP);
}
