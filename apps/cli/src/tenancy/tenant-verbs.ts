import { tenantTerms } from '#libs/config';
import { counted, formatUsd } from '#libs/kernel';
import type { CommandContext } from '../command-context';
import { plainTable } from '../output/plain-table';
import { printable } from '../output/printable';
import type { Verb } from '../output/verb';
import { typedTenant } from '../typed/tenant-id';
import { withTenancy, type TenancyCell } from './tenancy-cell';

interface TenantOptions {
  json?: boolean;
  tenantId?: string;
}

/** A tenant, as a cell and this shell's file of terms know it. */
interface TenantStanding {
  tenant_id: string;
  active_runs: number;
  active_runs_max: number;
  weight: number;
  weight_declared: number;
  run_budget_usd: string | null;
  day_budget_usd: string | null;
  icp: boolean;
  profile: boolean;
  exclusions: number;
  suppressions: number;
  own_keys: string[];
  /** Where runs that name no webhook tell that they have ended. */
  webhook: string | null;
}

/** Those of whom the cell keeps something, and those that the file names. */
export const list: Verb<TenantOptions> = (_options, context) =>
  withTenancy(context, {}, async (cell) => {
    const named = context.settings.tenants.byTenant.keys();
    const ids = [...new Set([...(await cell.directory.list()), ...named])].sort();
    const tenants: TenantStanding[] = [];
    for (const id of ids) tenants.push(await standingOf(id, cell, context));
    const message = counted(tenants.length, 'tenant');
    return { text: tenants.length === 0 ? message : tenantsTable(tenants), message, tenants };
  });

export const show: Verb<TenantOptions> = (options, context) => {
  const tenantId = typedTenant(options.tenantId);
  return withTenancy(context, {}, async (cell) => {
    const tenant = await standingOf(tenantId, cell, context);
    const { active_runs: active, exclusions, suppressions } = tenant;
    const message = `${tenantId}: ${counted(active, 'active run')}, ${counted(exclusions, 'exclusion')}, ${counted(suppressions, 'suppression')}`;
    return { text: tenantsTable([tenant]), message, tenant };
  });
};

async function standingOf(
  tenantId: string,
  { documents, exclusions, suppressed, credentials, webhooks, tuning, activeRuns }: TenancyCell,
  { settings }: CommandContext,
): Promise<TenantStanding> {
  const terms = tenantTerms(settings.tenants, tenantId);
  const [active, icp, profile, excluded, suppressions, own, webhook] = await Promise.all([
    activeRuns(tenantId),
    documents.read(tenantId, 'icp'),
    documents.read(tenantId, 'profile'),
    exclusions.standing(tenantId),
    suppressed(tenantId),
    credentials.list(tenantId),
    webhooks.find(tenantId),
  ]);
  const { run_micro: run, day_micro: day } = terms.budgets;
  return {
    tenant_id: tenantId,
    active_runs: active,
    active_runs_max: settings.api.activeRunsPerTenant,
    weight: tuning.weight(tenantId) ?? terms.weight,
    weight_declared: terms.weight,
    run_budget_usd: run === null ? null : formatUsd(run),
    day_budget_usd: day === null ? null : formatUsd(day),
    icp: icp.value !== null,
    profile: profile.value !== null,
    exclusions: excluded.count,
    suppressions,
    own_keys: [...own.keys()].sort(),
    webhook: webhook?.url ?? null,
  };
}

function tenantsTable(tenants: readonly TenantStanding[]): string {
  return plainTable(
    [
      'tenant',
      'active runs',
      'weight',
      'run budget',
      'day budget',
      'stored',
      'excluded',
      'suppressed',
      'own keys',
      'webhook',
    ],
    tenants.map((tenant) => [
      tenant.tenant_id,
      `${tenant.active_runs} of ${tenant.active_runs_max}`,
      tenant.weight === tenant.weight_declared ? tenant.weight : `${tenant.weight} (set)`,
      tenant.run_budget_usd === null ? '–' : `$${tenant.run_budget_usd}`,
      tenant.day_budget_usd === null ? '–' : `$${tenant.day_budget_usd}`,
      [...(tenant.icp ? ['icp'] : []), ...(tenant.profile ? ['profile'] : [])].join(', ') || '–',
      tenant.exclusions,
      tenant.suppressions,
      tenant.own_keys.join(', ') || '–',
      tenant.webhook === null ? '–' : printable(tenant.webhook),
    ]),
    [1, 2, 3, 4, 6, 7],
  );
}
