import type { ListedApiKey } from '#libs/access';
import { counted } from '#libs/kernel';
import type { CommandContext } from '../command-context';
import { plainTable } from '../output/plain-table';
import { withKeys } from './keys-cell';
import { keyOf, lifetimeOf, overlapOf, scopesOf, tenantOf, type KeysOptions } from './keys-options';

/** What a verb came to: members of the result line, and the text for a person. */
type Outcome = { text: string; message: string } & Record<string, unknown>;
/** One verb of `leadgen keys`. Throws `usage` naming the flag, before it connects. */
export type KeyVerb = (options: KeysOptions, context: CommandContext) => Promise<Outcome>;

const SHOWN_ONCE = 'It is shown this once: keep it where secrets are kept.';

export const create: KeyVerb = (options, context) => {
  const [tenantId, scopes, lifetimeMs] = [tenantOf(options), scopesOf(options), lifetimeOf(options)];
  return withKeys(context, options, async ({ apiKeys, audit, actor }) => {
    const { id, text } = await apiKeys.issue({
      tenantId,
      environment: context.settings.access.keyEnvironment,
      ...(scopes && { scopes }),
      ...(lifetimeMs !== undefined && { lifetimeMs }),
    });
    await audit.record({
      tenantId,
      actor,
      action: 'key.created',
      target: `key:${id}`,
      details: { scopes: scopes?.join(' ') ?? 'all', lifetime_ms: lifetimeMs ?? null },
    });
    const message = `Key ${id} of ${tenantId} is made`;
    return {
      text: `${text}\n${message}. ${SHOWN_ONCE}`,
      message,
      tenant_id: tenantId,
      key_id: id,
      key: text,
    };
  });
};

export const list: KeyVerb = (options, context) => {
  const tenantId = tenantOf(options);
  return withKeys(context, options, async ({ apiKeys }) => {
    const listed = await apiKeys.list(tenantId);
    const message = `${counted(listed.length, 'key')} of ${tenantId}`;
    return { text: listed.length === 0 ? message : keysTable(listed), message, keys: listed.map(keyLine) };
  });
};

export const rotate: KeyVerb = (options, context) => {
  const [tenantId, oldId] = [tenantOf(options), keyOf(options)];
  const [overlapMs, lifetimeMs] = [overlapOf(options), lifetimeOf(options)];
  return withKeys(context, options, async ({ apiKeys, audit, actor }) => {
    const { id, text, oldEndsAt } = await apiKeys.rotate({
      tenantId,
      id: oldId,
      environment: context.settings.access.keyEnvironment,
      overlapMs,
      ...(lifetimeMs !== undefined && { lifetimeMs }),
    });
    await audit.record({
      tenantId,
      actor,
      action: 'key.rotated',
      target: `key:${oldId}`,
      details: { next: `key:${id}`, ends_at: oldEndsAt },
    });
    const message = `Key ${id} follows ${oldId}, which is good until ${oldEndsAt}`;
    return {
      text: `${text}\n${message}. ${SHOWN_ONCE}`,
      message,
      tenant_id: tenantId,
      key_id: id,
      key: text,
      old_key_ends_at: oldEndsAt,
    };
  });
};

export const revoke: KeyVerb = (options, context) => {
  const [tenantId, id] = [tenantOf(options), keyOf(options)];
  return withKeys(context, options, async ({ apiKeys, audit, actor }) => {
    const changed = await apiKeys.revoke(tenantId, id);
    if (changed) await audit.record({ tenantId, actor, action: 'key.revoked', target: `key:${id}` });
    const message = changed
      ? `Key ${id} is revoked: the next request with it is refused`
      : `Key ${id} had ended before`;
    return { text: message, message, tenant_id: tenantId, key_id: id, changed };
  });
};

function keysTable(keys: readonly ListedApiKey[]): string {
  return plainTable(
    ['key', 'state', 'scopes', 'created', 'ends', 'last used'],
    keys.map(({ id, state, scopes, createdAt, expiresAt, revokedAt, lastUsedAt }) => [
      id,
      state,
      scopes.join('\n'),
      createdAt ?? '–',
      revokedAt ?? expiresAt ?? 'never',
      lastUsedAt ?? 'never',
    ]),
  );
}

function keyLine(key: ListedApiKey): Record<string, unknown> {
  return {
    id: key.id,
    environment: key.environment,
    state: key.state,
    scopes: key.scopes,
    created_at: key.createdAt,
    expires_at: key.expiresAt,
    revoked_at: key.revokedAt,
    last_used_at: key.lastUsedAt,
  };
}
