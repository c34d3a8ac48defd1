import { tenantTerms } from '#libs/config';
import { appError } from '#libs/contracts';
import { actorOf } from '../audit/actor';
import { typedTenant } from '../typed/tenant-id';
import { namedCap } from './vendor-caps';
import type { Verb, VendorsOptions } from './vendor-verbs';
import { withVendors } from './vendors-cell';

const LIMIT = { min: 1, max: 10_000_000 };
const WEIGHT = { min: 0.01, max: 1_000 };

/** Sets the limit of one window of a vendor's cap while the cell runs, or takes it back. */
export const limit: Verb = (options, context) => {
  const to = changeOf('--limit', options.limit, options, LIMIT);
  if (to !== null && !Number.isInteger(to)) throw appError('usage', '--limit: give a whole number');
  const actor = actorOf(options);
  return withVendors(context, async (cell, view) => {
    // As it is declared: what was set before must not pass for that.
    const { cap } = namedCap('--vendor', options.vendor, {
      ...view,
      tuning: { tune: (declared) => declared },
    });
    const declared = cap.windows.find(({ name }) => name === options.window);
    if (!declared) {
      const names = cap.windows.map(({ name }) => name).join(', ');
      throw appError('usage', `which window of ${cap.id}? pass --window with one of ${names}`);
    }
    const { name: window } = declared;
    const before = (await cell.tuning.setLimit(cap.id, window, to)) ?? declared.limit;
    // A lane that was closed while the window was full by the old limit looks again.
    await cell.flow.lanes.reopen(cap.id);
    const change = { before, after: to ?? declared.limit, declared: declared.limit };
    const details = { window, ...change };
    await cell.audit.record({
      tenantId: null,
      actor,
      action: 'vendor.limit_changed',
      target: cap.id,
      details,
    });
    const message = `${cap.id} may be asked ${change.after} times per ${window} window (declared: ${declared.limit})`;
    return { text: message, message, cap: cap.id, ...details };
  });
};

/** Sets a tenant's share against others' while the cell runs, or takes it back. */
export const weight: Verb = (options, context) => {
  const tenantId = typedTenant(options.tenantId);
  const to = changeOf('--weight', options.weight, options, WEIGHT);
  const actor = actorOf(options);
  return withVendors(context, async ({ tuning, audit }) => {
    const declared = tenantTerms(context.settings.tenants, tenantId).weight;
    const before = (await tuning.setWeight(tenantId, to)) ?? declared;
    const details = { before, after: to ?? declared, declared };
    await audit.record({ tenantId, actor, action: 'tenant.weight_changed', target: tenantId, details });
    const message = `${tenantId} has the weight ${details.after} (declared: ${declared}); what waits in line keeps its place`;
    return { text: message, message, tenant_id: tenantId, ...details };
  });
};

/** The new value, null to take it back. Throws `usage` naming the flag. */
function changeOf(
  flag: string,
  text: string | undefined,
  { clear = false }: VendorsOptions,
  { min, max }: { min: number; max: number },
): number | null {
  if ((text === undefined) === !clear)
    throw appError('usage', `what? pass ${flag} <number>, or --clear to take it back`);
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() !== '' && value >= min && value <= max) return value;
  throw appError('usage', `${flag} ${JSON.stringify(text)}: give a number from ${min} to ${max}`);
}
