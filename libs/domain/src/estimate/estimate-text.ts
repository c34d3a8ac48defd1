import type { RunEstimate } from '#libs/contracts';
import { counted, readableUsd } from '#libs/kernel';
import { durationText } from './cap-load';

/** The estimate in a sentence: `25 companies: about 140 calls, $0.61 (0.20–1.45), about 2 min, bound by acme 15/s`. */
export function estimateText(estimate: RunEstimate): string {
  const {
    companies,
    known_in_ledger: known,
    calls_total: calls,
    cost_micro: cost,
    bound_by: bound,
  } = estimate;
  const { budget_micro: budget } = estimate;
  return [
    `${counted(companies, 'company', 'companies')}: about ${counted(calls, 'call')}`,
    `$${readableUsd(cost.expected)} (${readableUsd(cost.low)}–${readableUsd(cost.high)})`,
    `about ${durationText(estimate.seconds)}`,
    ...(bound ? [`bound by ${bound.vendor} ${bound.cap}`] : []),
    ...(known > 0 ? [`${known} known already`] : []),
    ...(budget !== null && cost.expected > budget ? [`more than its budget of $${readableUsd(budget)}`] : []),
  ].join(', ');
}
