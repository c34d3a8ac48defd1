import { canonicalJson, shortHash } from '#libs/kernel';
import type { CellKeys } from '#libs/redis';
import { CallShapes, type CallShape } from './call-shape';
import { CapShapes, type CapShape } from './cap-shape';
import type { CallRequest } from './gate.port';
import { platformCapId } from './platform-cap';

/** What the scripts need to know of a call on every verb. */
export interface Purchase {
  cap: CapShape;
  shape: CallShape;
  ledgerKey: string;
  companyKey: string;
}

/** A request that carries what was made of it. A copy of it does not: it may be for another purchase. */
type Known = CallRequest & Readonly<Record<symbol, Purchase | undefined>>;

/**
 * Made once per request: hashing an input costs as much as the command it is for, and a request takes two or three. The request
 * itself carries it: a map of the hundreds that are under way, weak or not, is gone through by every garbage collection.
 */
export class Purchases {
  private readonly made = Symbol('purchase');
  private readonly caps: CapShapes;
  private readonly shapes: CallShapes;

  constructor(private readonly keys: CellKeys) {
    this.caps = new CapShapes(keys);
    this.shapes = new CallShapes(keys);
  }

  of(request: CallRequest): Purchase {
    const known = (request as Known)[this.made];
    if (known) return known;
    const cap = this.caps.of(request.cap);
    const purchase = {
      cap,
      shape: this.shapes.of(request, cap),
      ledgerKey: ledgerKeyOf(this.keys, request),
      companyKey: this.keys.company(request.tenantId, request.runId, request.companyId),
    };
    Object.defineProperty(request, this.made, { value: purchase });
    return purchase;
  }
}

/** What names a purchase: whose, from whom, what. */
export type PurchaseName = Pick<CallRequest, 'tenantId' | 'vendor' | 'simulated' | 'op' | 'input'>;

/** Where the ledger keeps the purchase. */
export function ledgerKeyOf(keys: CellKeys, purchase: PurchaseName): string {
  const { tenantId, op } = purchase;
  const seller = platformCapId(purchase.vendor, purchase.simulated);
  return keys.ledger(tenantId, seller, op, shortHash(canonicalJson(purchase.input), 26));
}
