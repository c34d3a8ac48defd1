import { createHmac } from 'node:crypto';
import type { SuppressionKind } from '#libs/contracts';

/**
 * How a tenant's suppression list names somebody who must not be looked up: a keyed hash that outlives the erasure of what
 * it stands for, and is another for every tenant. Upper and lower case and surrounding blanks make no difference.
 */
export function suppressionKey(tenantId: string, kind: SuppressionKind, value: string): string {
  return createHmac('sha256', `suppression1:${tenantId}`)
    .update(`${kind}:${value.trim().toLowerCase()}`)
    .digest('base64url');
}
