import { WEBHOOK_TYPES, webhookIdOf, type RunEvent, type RunRecord } from '#libs/contracts';

export interface WebhookMessage {
  /** `webhook-id`: the same for every attempt at the same ending. */
  id: string;
  type: string;
  body: string;
}

/** What a receiver is told of a run's ending: numbers and where to read more, no company, no person. */
export function webhookMessage(record: RunRecord, event: RunEvent): WebhookMessage | undefined {
  const type = (WEBHOOK_TYPES as Readonly<Record<string, string | undefined>>)[event.state];
  if (type === undefined) return undefined;
  const { run_id: runId, output } = record;
  const self = `/api/orchestrations/${runId}`;
  const data = {
    run_id: runId,
    thread_id: record.thread_id,
    state: event.state,
    output: output && {
      matched: output.matched,
      candidates: output.candidates,
      leads: output.leads,
      buckets: output.buckets,
      failed_total: output.failed_total,
      cost_micro_usd: output.cost_micro_usd,
      simulated_cost_micro_usd: output.simulated_cost_micro_usd,
      warnings: output.warnings,
      simulated: output.simulated,
    },
    problem: record.problem && { code: record.problem.code },
    links: { self, events: `${self}/events`, webhook_deliveries: `${self}/webhook-deliveries` },
  };
  return {
    id: webhookIdOf(runId, event.id),
    type,
    body: JSON.stringify({ type, timestamp: event.at, data }),
  };
}
