import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { appError, RUN_STATES, runOutputSchema, TERMINAL_RUN_STATES } from '#libs/contracts';
import { type ApiClient } from './api-client';
import type { LoadPayload } from './load-payload.schema';
import type { LoadedRun, LoadTarget } from './load-target.port';

const WAIT_S = 20;

/** What a load test reads of an answer; the rest may change. */
const shownRunSchema = z.object({
  run_id: z.string(),
  tenant_id: z.string(),
  state: z.enum(RUN_STATES),
  status: z.object({ message: z.string() }),
  problem: z.object({ message: z.string() }).nullable(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  output: runOutputSchema.nullable(),
});
type ShownRun = z.infer<typeof shownRunSchema>;

/** Starts runs over HTTP, each under an idempotency key of its own, so that asking again never starts a second one. */
export class ApiTarget implements LoadTarget {
  /** Of this load test: another one later starts runs of its own. */
  private readonly name = randomUUID();

  constructor(
    private readonly client: ApiClient,
    private readonly tenantId: string,
  ) {}

  async run(payload: LoadPayload, iteration: number, signal: AbortSignal): Promise<LoadedRun> {
    const accepted = await this.client.json('POST', '/api/orchestrations', shownRunSchema, signal, {
      body: payload,
      headers: { 'idempotency-key': `loadtest-${this.name}-${iteration}` },
    });
    if (accepted.tenant_id !== this.tenantId) {
      throw appError(
        'usage',
        `the key in LEADGEN_API_KEY is of tenant ${accepted.tenant_id}, not of --tenant-id ${this.tenantId}`,
      );
    }
    const ended = await this.await(accepted, signal);
    return loadedRun(ended, await this.leadsDigest(ended, signal));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** As the run is at its end, or when `signal` aborts. */
  private async await(run: ShownRun, signal: AbortSignal): Promise<ShownRun> {
    let seen = run;
    while (!TERMINAL_RUN_STATES.includes(seen.state) && !signal.aborted) {
      // One that is paused is at rest: it would be answered at once, again and again.
      if (seen.state === 'paused') await this.client.pause(signal);
      const asked = this.client.json('GET', `/api/orchestrations/${run.run_id}`, shownRunSchema, signal, {
        headers: { prefer: `wait=${WAIT_S}` },
      });
      const next = await asked.catch((error: unknown) => {
        // Its time is over: what was seen last is what there is to tell.
        if (!signal.aborted) throw error;
        return seen;
      });
      seen = next;
    }
    return seen;
  }

  private async leadsDigest({ run_id: runId, state }: ShownRun, signal: AbortSignal): Promise<string | null> {
    if (state !== 'completed' && state !== 'partial') return null;
    const csv = await this.client.text('GET', `/api/orchestrations/${runId}/leads?format=csv`, signal);
    return createHash('sha256').update(csv).digest('hex');
  }
}

function loadedRun(shown: ShownRun, leadsDigest: string | null): LoadedRun {
  const { run_id: runId, state, output, created_at: created, started_at: started } = shown;
  const queuedMs = started === null ? null : Math.max(0, Date.parse(started) - Date.parse(created));
  return {
    runId,
    state,
    queuedMs,
    output,
    leadsDigest,
    message: shown.problem?.message ?? shown.status.message,
  };
}
