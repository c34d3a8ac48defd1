import { text } from 'node:stream/consumers';
import { appError } from '#libs/contracts';
import type { CommandContext } from '../command-context';
import { typedTenant } from '../typed/tenant-id';
import { withTenancy } from './tenancy-cell';

/** What may be typed behind the verbs, not checked yet. */
interface CredentialOptions {
  json?: boolean;
  tenantId?: string;
  vendor?: string;
}

type Outcome = { text: string; message: string } & Record<string, unknown>;
export type CredentialVerb = (options: CredentialOptions, context: CommandContext) => Promise<Outcome>;

/** What a header can carry. */
const KEY = /^[\x21-\x7e]{1,512}$/;

export const setCredential: CredentialVerb = async (options, context) => {
  const tenantId = typedTenant(options.tenantId);
  const vendor = await vendorOf(options.vendor, context);
  const [key = ''] = (await text(process.stdin)).split(/\r?\n/, 1);
  if (!KEY.test(key)) {
    throw appError('usage', 'stdin: the key on one line, visible ASCII characters without blanks');
  }
  return withTenancy(context, async ({ credentials, reopen, audit, actor }) => {
    await credentials.set(tenantId, vendor, key);
    await reopen(vendor, tenantId);
    await audit.record({ tenantId, actor, action: 'credential.set', target: vendor });
    const message = `${tenantId} has its own key for ${vendor}: its calls use it within a minute`;
    return { text: message, message, vendor };
  });
};

export const deleteCredential: CredentialVerb = async (options, context) => {
  const tenantId = typedTenant(options.tenantId);
  const vendor = await vendorOf(options.vendor, context);
  return withTenancy(context, async ({ credentials, audit, actor }) => {
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
