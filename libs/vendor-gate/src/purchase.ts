import { canonicalJson, shortHash } from '#libs/kernel';
import type { CellKeys } from '#libs/redis';
import type { CallRequest } from './gate.port';
import { CapShapes, type CapShape } from './cap-shape';
import { windowKeys } from './window-arguments';
import { platformCapId } from './platform-cap';

/** What the scripts need to know of a call on every verb. */
export interface Purchase {
  cap: CapShape;
  ledgerKey: string;
  runKey: string;
  companyKey: string;
  doubtsKey: string;
  /** What a grant holds, for whoever has to repair it; see lua/includes/reservation.lua. */
  held: string;
  /** Of the tenant's and the vendor's day; null: not limited, or the call is free. */
  tenantBudgetKey: string | null;
  vendorBudgetKey: string | null;
}

/** A request that carries what was made of it. */
type Known = CallRequest & Partial<Record<symbol, Purchase>>;

/**
 * Made once per request: hashing an input costs as much as the command it is for, and a request takes two or three. The request
 * itself carries it: a map of hundreds of requests under way, weak or not, is what a garbage collector goes through each time.
 */
export class Purchases {
  private readonly made = Symbol('purchase');
  private readonly caps: CapShapes;
  private readonly holdings: Holdings;

  constructor(private readonly keys: CellKeys) {
    this.caps = new CapShapes(keys);
    this.holdings = new Holdings(keys);
  }

  of(request: CallRequest): Purchase {
    const known = (request as Known)[this.made];
    if (known) return known;
    const purchase = this.purchaseOf(request, this.caps.of(request.cap));
    (request as Known)[this.made] = purchase;
    return purchase;
  }

  private purchaseOf(request: CallRequest, cap: CapShape): Purchase {
    const { keys } = this;
    const { tenantId, runId, budgets, maxCostMicro } = request;
    const limited = maxCostMicro > 0;
    const purchase = {
      cap,
      ledgerKey: ledgerKeyOf(keys, request),
      runKey: keys.run(tenantId, runId),
      companyKey: keys.company(tenantId, runId, request.companyId),
      doubtsKey: keys.doubts(tenantId),
      tenantBudgetKey: limited && budgets.tenantDay !== null ? keys.tenantBudget(tenantId) : null,
      vendorBudgetKey:
        limited && budgets.vendorDay !== null
          ? keys.vendorBudget(platformCapId(request.vendor, request.simulated))
          : null,
    };
    return { ...purchase, held: this.holdings.of(request, purchase) };
  }
}

/** Of one cap, of the runs that use it now. */
const HOLDINGS_MAX = 500;

/** What names a purchase: whose, from whom, what. */
export type PurchaseName = Pick<CallRequest, 'tenantId' | 'vendor' | 'simulated' | 'op' | 'input'>;

/** Where the ledger keeps the purchase. */
export function ledgerKeyOf(keys: CellKeys, { tenantId, op, input, ...sold }: PurchaseName): string {
  const seller = platformCapId(sold.vendor, sold.simulated);
  return keys.ledger(tenantId, seller, op, shortHash(canonicalJson(input), 26));
}

/** The same text for all calls of a run that take the same of a cap: written out once, since most of a call's text is this. */
class Holdings {
  private known = new WeakMap<CapShape, Map<string, string>>();

  constructor(private readonly keys: CellKeys) {}

  of(request: CallRequest, purchase: Omit<Purchase, 'held'>): string {
    const { cap, runKey, tenantBudgetKey, vendorBudgetKey } = purchase;
    const { vendor, maxCostMicro, repeatable, from, budgets } = request;
    let ofCap = this.known.get(cap);
    if (!ofCap) {
      ofCap = new Map();
      this.known.set(cap, ofCap);
    }
    const name = `${runKey} ${vendor} ${maxCostMicro} ${repeatable} ${from} ${budgets.run === null} ${tenantBudgetKey} ${vendorBudgetKey}`;
    const known = ofCap.get(name);
    if (known !== undefined) return known;
    const held = heldBy(this.keys, request, purchase);
    if (ofCap.size >= HOLDINGS_MAX) ofCap.clear();
    ofCap.set(name, held);
    return held;
  }
}

function heldBy(keys: CellKeys, request: CallRequest, purchase: Omit<Purchase, 'held'>): string {
  const { budgets, maxCostMicro } = request;
  const { capKey, leasesKey, windows } = purchase.cap;
  return JSON.stringify({
    cap: capKey,
    leases: leasesKey,
    run: purchase.runKey,
    doubts: purchase.doubtsKey,
    lists: keys.doubtLists(),
    vendor: request.vendor,
    max: maxCostMicro,
    again: request.repeatable ? 1 : 0,
    lane: request.from === 'lane' ? 1 : 0,
    budgets: {
      run: maxCostMicro > 0 && budgets.run !== null ? 1 : undefined,
      tenant: purchase.tenantBudgetKey ?? undefined,
      vendor: purchase.vendorBudgetKey ?? undefined,
    },
    windows: windows.map((window) => [
      window.name,
      window.units,
      ...windowKeys(keys, request.cap.id, [window]),
    ]),
  });
}
