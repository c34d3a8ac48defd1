import type { CellKeys } from '#libs/redis';
import { acquireTerms } from './acquire-terms';
import type { CapShape } from './cap-shape';
import type { CallRequest } from './gate.port';
import { platformCapId } from './platform-cap';
import { windowKeys } from './window-arguments';

/** What the scripts are told by all calls of a run that take the same of a cap on the same terms. */
export interface CallShape {
  runKey: string;
  suppressedKey: string;
  /** What a grant holds, for whoever has to repair it; see lua/includes/reservation.lua. */
  held: string;
  /** Of the tenant's and the vendor's day; null: not limited, or the call is free. */
  tenantBudgetKey: string | null;
  vendorBudgetKey: string | null;
  /** Of run, tenant and vendor, those that are limited for this call; `-`: none. */
  limited: string;
  /** What acquire-call-n.lua is told besides of calls that do not say whom they are about. */
  unnamedTerms: string;
}

type Terms = Pick<
  CallRequest,
  'tenantId' | 'vendor' | 'simulated' | 'maxCostMicro' | 'deadlineMs' | 'repeatable' | 'from' | 'budgets'
>;

/** Of one cap, of the runs that use it now. */
const SHAPES_MAX = 500;

/**
 * Made once per run and cap: it is most of what a call's command says, and one and the same text is compared, and left out of a
 * command that has said it before, in no time.
 */
export class CallShapes {
  private readonly known = new WeakMap<CapShape, Map<string, { terms: Terms; shape: CallShape }>>();

  constructor(private readonly keys: CellKeys) {}

  of(request: CallRequest, cap: CapShape): CallShape {
    let ofCap = this.known.get(cap);
    if (!ofCap) {
      ofCap = new Map();
      this.known.set(cap, ofCap);
    }
    const known = ofCap.get(request.runId);
    if (known && areSame(known.terms, request)) return known.shape;
    const shape = callShape(this.keys, request, cap);
    const { tenantId, vendor, simulated, maxCostMicro, deadlineMs, repeatable, from, budgets } = request;
    const account = { tenantId, vendor, simulated, budgets: { ...budgets } };
    const terms = { ...account, maxCostMicro, deadlineMs, repeatable, from };
    if (ofCap.size >= SHAPES_MAX) ofCap.clear();
    ofCap.set(request.runId, { terms, shape });
    return shape;
  }
}

function areSame(a: Terms, b: Terms): boolean {
  return (
    a.tenantId === b.tenantId &&
    a.vendor === b.vendor &&
    a.simulated === b.simulated &&
    a.maxCostMicro === b.maxCostMicro &&
    a.deadlineMs === b.deadlineMs &&
    a.repeatable === b.repeatable &&
    a.from === b.from &&
    a.budgets.run === b.budgets.run &&
    a.budgets.tenantDay === b.budgets.tenantDay &&
    a.budgets.vendorDay === b.budgets.vendorDay
  );
}

function callShape(keys: CellKeys, request: CallRequest, cap: CapShape): CallShape {
  const { tenantId, runId, vendor, simulated, budgets } = request;
  const isCharged = request.maxCostMicro > 0;
  const limits = {
    run: isCharged && budgets.run !== null,
    tenant: isCharged && budgets.tenantDay !== null,
    vendor: isCharged && budgets.vendorDay !== null,
  };
  const shape = {
    runKey: keys.run(tenantId, runId),
    suppressedKey: keys.suppressed(tenantId),
    tenantBudgetKey: limits.tenant ? keys.tenantBudget(tenantId) : null,
    vendorBudgetKey: limits.vendor ? keys.vendorBudget(platformCapId(vendor, simulated)) : null,
    limited: `${limits.run ? 'r' : ''}${limits.tenant ? 't' : ''}${limits.vendor ? 'v' : ''}` || '-',
  };
  return {
    ...shape,
    held: heldBy(keys, request, cap, shape),
    unnamedTerms: acquireTerms(request, cap, null),
  };
}

function heldBy(
  keys: CellKeys,
  request: CallRequest,
  cap: CapShape,
  {
    runKey,
    tenantBudgetKey,
    vendorBudgetKey,
    limited,
  }: Pick<CallShape, 'runKey' | 'tenantBudgetKey' | 'vendorBudgetKey' | 'limited'>,
): string {
  return JSON.stringify({
    cap: cap.capKey,
    leases: cap.leasesKey,
    run: runKey,
    doubts: keys.doubts(request.tenantId),
    lists: keys.doubtLists(),
    vendor: request.vendor,
    max: request.maxCostMicro,
    again: request.repeatable ? 1 : 0,
    lane: request.from === 'lane' ? 1 : 0,
    budgets: {
      run: limited.startsWith('r') ? 1 : undefined,
      tenant: tenantBudgetKey ?? undefined,
      vendor: vendorBudgetKey ?? undefined,
    },
    windows: cap.windows.map((window) => [
      window.name,
      window.units,
      ...windowKeys(keys, request.cap.id, [window]),
    ]),
  });
}
