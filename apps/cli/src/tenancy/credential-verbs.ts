import { text } from 'node:stream/consumers';
import { appError } from '#libs/contracts';
import { counted } from '#libs/kernel';
import type { ActorOptions } from '../audit/actor';
import type { CommandContext } from '../command-context';
import { plainTable } from '../output/plain-table';
import type { Verb } from '../output/verb';
import { typedTenant } from '../typed/tenant-id';
import { withTenancy } from './tenancy-cell';

/** What may be typed behind the verbs, not checked yet. */
interface CredentialOptions extends ActorOptions {
  json?: boolean;
  tenantId?: string;
  vendor?: string;
}

export type CredentialVerb = Verb<CredentialOptions>;

/** What is told of a key. */
const MASKED = '••••••••';
/** What a header can carry. */
const KEY = /^[\x21-\x7e]{1,512}$/;

export const setCredential: CredentialVerb = async (options, context) => {
  const tenantId = typedTenant(options.tenantId);
  const vendor = await vendorOf(options.vendor, context);
  const [key = ''] = (await text(process.stdin)).split(/\r?\n/, 1);
  if (!KEY.test(key)) {
    throw appError('usage', 'stdin: the key on one line, visible ASCII characters without blanks');
  }
  return withTenancy(context, options, async ({ credentials, reopen, audit, actor }) => {
    await credentials.set(tenantId, vendor, key);
    await reopen(vendor, tenantId);
    await audit.record({ tenantId, actor, action: 'credential.set', target: vendor });
    const message = `${tenantId} has its own key for ${vendor}: its calls use it within a minute`;
    return { text: message, message, vendor };
  });
};

/** Which vendors a tenant has own keys for, and since when; the keys themselves nobody is told. */
export const listCredentials: CredentialVerb = (options, context) => {
  const tenantId = typedTenant(options.tenantId);
  return withTenancy(context, options, async ({ credentials }) => {
    const listed = [...(await credentials.list(tenantId))].sort(([a], [b]) => (a < b ? -1 : 1));
    const message = `${tenantId} has ${counted(listed.length, 'key')} of its own`;
    const rows = listed.map(([vendor, setAt]) => [vendor, MASKED, setAt]);
    return {
      text: rows.length === 0 ? message : plainTable(['vendor', 'key', 'set'], rows),
      message,
      credentials: listed.map(([vendor, setAt]) => ({ vendor, key: MASKED, set_at: setAt })),
    };
  });
};

export const removeCredential: CredentialVerb = async (options, context) => {
  const tenantId = typedTenant(options.tenantId);
  const vendor = await vendorOf(options.vendor, context);
  return withTenancy(context, options, async ({ credentials, audit, actor }) => {
    const changed = await credentials.remove(tenantId, vendor);
    if (changed) await audit.record({ tenantId, actor, action: 'credential.removed', target: vendor });
    const message = changed
      ? `${tenantId} has no key of its own for ${vendor} any more: felt within a minute`
      : `${tenantId} had no key of its own for ${vendor}`;
    return { text: message, message, vendor, changed };
  });
};

async function vendorOf(id: string | undefined, { settings }: CommandContext): Promise<string> {
  // Loaded for these commands only: the others start without them.
  const { createVendorRegistry } = await import('#libs/vendors');
  const registry = createVendorRegistry({ access: settings.vendors, offline: settings.runtime.offline });
  try {
    const ids = registry
      .standings()
      .filter(({ descriptor }) => descriptor.auth !== 'none')
      .map(({ descriptor }) => descriptor.id)
      .sort();
    if (id !== undefined && ids.includes(id)) return id;
    throw appError('usage', `which vendor? pass --vendor with one of ${ids.join(', ')}`);
  } finally {
    await registry.close();
  }
}
