import { z } from 'zod';

/** What a tenant's key may be allowed. A route asks for exactly one; a key holds a list. */
export const SCOPES = [
  /** See runs, their events, leads and doubts. */
  'orchestrations:read',
  /** Start, pause, resume, cancel and retry runs; decide calls in doubt. */
  'orchestrations:write',
  /** Upload companies. */
  'datasets:write',
  /** See the tenant's profile, usage and vendors. */
  'tenant:read',
  /** Change the tenant's profile, suppression list, vendor credentials; erase. */
  'tenant:write',
] as const;
export type Scope = (typeof SCOPES)[number];
export const scopeSchema = z.enum(SCOPES);

/** Who a request comes from, once that is proven. */
export interface Caller {
  tenantId: string;
  /** The key's id, or the subject of a token: for audit and limits, never the secret. */
  actor: string;
  scopes: readonly Scope[];
}
