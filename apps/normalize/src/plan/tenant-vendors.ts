import type { TenantSettings } from '#libs/config';
import { appError, type Operation } from '#libs/contracts';

/** What of a `VendorStanding` counts here. */
export interface Standing {
  readonly descriptor: { readonly id: string; readonly services: readonly { readonly op: Operation }[] };
  /** For a vendor that cannot be asked, the setting to set. */
  readonly reason: string | null;
}

/** Where a tenant's file names a vendor. */
interface Naming {
  place: string;
  op: Operation;
  vendor: string;
}

/**
 * Refuses terms of tenants that name a vendor which does not exist or does not serve the operation: `config_invalid` with
 * every problem at once and what there is. Answers a sentence for each named vendor that cannot be asked as things are.
 */
export function checkTenantVendors(
  tenants: TenantSettings,
  standings: readonly Standing[],
): readonly string[] {
  const named = namings(tenants);
  const problems = named.map((naming) => problemOf(naming, standings)).filter((text) => text !== null);
  if (problems.length > 0) {
    throw appError(
      'config_invalid',
      `${problems.length} vendor(s) to correct in LEADGEN_TENANTS_FILE:\n  ${problems.join('\n  ')}`,
    );
  }
  const reasons = new Map(standings.map(({ descriptor, reason }) => [descriptor.id, reason]));
  return named.flatMap(({ place, vendor }) => {
    const reason = reasons.get(vendor);
    return reason ? [`${place}: ${vendor} cannot be asked: ${reason}`] : [];
  });
}

function namings({ everybodyElse, byTenant }: TenantSettings): Naming[] {
  const all = [['default', everybodyElse] as const, ...byTenant];
  // What a tenant has from the default is the default's problem.
  return all.flatMap(([tenant, { waterfalls }]) =>
    (Object.entries(waterfalls) as [Operation, readonly string[]][])
      .filter(([op, vendors]) => tenant === 'default' || vendors !== everybodyElse.waterfalls[op])
      .flatMap(([op, vendors]) =>
        vendors.map((vendor) => ({ place: `${tenant}.waterfalls.${op}`, op, vendor })),
      ),
  );
}

function problemOf({ place, op, vendor }: Naming, standings: readonly Standing[]): string | null {
  const ids = (of: readonly Standing[]): string =>
    of.map(({ descriptor }) => descriptor.id).join(', ') || 'none';
  const standing = standings.find(({ descriptor }) => descriptor.id === vendor);
  if (!standing) return `${place}: there is no vendor ${vendor}; there are ${ids(standings)}`;
  const serving = standings.filter(({ descriptor }) => descriptor.services.some((s) => s.op === op));
  if (serving.includes(standing)) return null;
  return `${place}: ${vendor} does not serve ${op}; these do: ${ids(serving)}`;
}
