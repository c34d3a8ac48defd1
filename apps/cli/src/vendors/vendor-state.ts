import type { VendorOverrides } from '#libs/config';
import type { Lanes } from '#libs/queue';
import type { BudgetScope, CapExplanation, GateOperations } from '#libs/vendor-gate';
import type { VendorCap } from './vendor-caps';

/** A vendor's cap as it is at this moment. */
export interface VendorState extends VendorCap {
  explained: CapExplanation;
  /** Companies waiting in the cap's lane, and those of it in workers' hands. */
  lane: { waiting: number; inHand: number };
}

export interface VendorStateSources {
  gate: Pick<GateOperations, 'explainCap'>;
  lanes: Pick<Lanes, 'load'>;
  vendorOverrides: VendorOverrides;
}

/** A call of the cap may depend on the budgets of a run and of its tenant, too. */
export type RunScope = Pick<BudgetScope, 'tenantId' | 'runId'> & Omit<BudgetScope['budgets'], 'vendorDay'>;

const NO_RUN: RunScope = { tenantId: '-', runId: '-', run: null, tenantDay: null };

/** Looks, and takes nothing. */
export async function vendorState(
  vendorCap: VendorCap,
  { gate, lanes, vendorOverrides }: VendorStateSources,
  scope: RunScope = NO_RUN,
): Promise<VendorState> {
  const { cap, simulated, standing } = vendorCap;
  const { id: vendor } = standing.descriptor;
  const { tenantId, runId, run, tenantDay } = scope;
  const vendorDay = vendorOverrides[vendor]?.day_budget_micro ?? null;
  const [explained, lane] = await Promise.all([
    gate.explainCap(cap, { tenantId, runId, vendor, simulated, budgets: { run, tenantDay, vendorDay } }),
    lanes.load(cap.id),
  ]);
  return { ...vendorCap, explained, lane };
}
