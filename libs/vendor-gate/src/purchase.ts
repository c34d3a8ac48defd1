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

/** Made once per request: hashing an input costs as much as the command it is for, and a request takes two or three. */
export class Purchases {
  private readonly known = new WeakMap<CallRequest, Purchase>();

  private readonly caps: CapShapes;

  constructor(private readonly keys: CellKeys) {
    this.caps = new CapShapes(keys);
  }

  of(request: CallRequest): Purchase {
    const known = this.known.get(request);
    if (known) return known;
    const purchase = purchaseOf(this.keys, request, this.caps.of(request.cap));
    this.known.set(request, purchase);
    return purchase;
  }
}

/** What names a purchase: whose, from whom, what. */
export type PurchaseName = Pick<CallRequest, 'tenantId' | 'vendor' | 'simulated' | 'op' | 'input'>;

/** Where the ledger keeps the purchase. */
export function ledgerKeyOf(keys: CellKeys, { tenantId, op, input, ...sold }: PurchaseName): string {
  const seller = platformCapId(sold.vendor, sold.simulated);
  return keys.ledger(tenantId, seller, op, shortHash(canonicalJson(input), 26));
}

function purchaseOf(keys: CellKeys, request: CallRequest, cap: CapShape): Purchase {
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
  return { ...purchase, held: heldBy(keys, request, purchase) };
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
