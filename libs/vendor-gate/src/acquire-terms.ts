import type { CapShape } from './cap-shape';
import type { CallRequest } from './gate.port';

/** A grant not used within this time is given back: its worker froze, and a late call could overrun a window. */
export const SEND_BY_MS = 2_000;
/** The lease outlives the HTTP deadline by this much, so that a call is never thought dead while it may still send. */
const LEASE_MARGIN_MS = 3_000;
/** How long a placeholder of unknown outcome is remembered when nobody resolves it. */
export const PLACEHOLDER_MS = 30 * 86_400_000;

export const leaseOf = ({ deadlineMs }: Pick<CallRequest, 'deadlineMs'>): number =>
  deadlineMs + LEASE_MARGIN_MS;

/** The third argument of acquire-call-n.lua. `subjects`: how many it is told; null: not yet. */
export function acquireTerms(request: CallRequest, cap: CapShape, subjects: number | null): string {
  const { budgets, maxCostMicro, repeatable, from } = request;
  const leaseMs = leaseOf(request);
  const limit = (budget: number | null): number | '-' => (maxCostMicro > 0 ? (budget ?? '-') : '-');
  return (
    `${leaseMs} ${SEND_BY_MS} ${request.cap.concurrency} ${repeatable ? 1 : 0} ${maxCostMicro} ` +
    `${cap.keepMs(leaseMs)} ${PLACEHOLDER_MS} ` +
    `${limit(budgets.run)} ${limit(budgets.tenantDay)} ${limit(budgets.vendorDay)} ` +
    `${subjects ?? -1} ${from} ${cap.windows.length}`
  );
}
