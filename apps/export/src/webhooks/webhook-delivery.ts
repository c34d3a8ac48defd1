import { Webhook } from 'standardwebhooks';
import {
  WEBHOOK_QUEUE,
  webhookSecretPlace,
  type RunRecord,
  type WebhookAttempt,
  type WebhookPayload,
} from '#libs/contracts';
import { toError } from '#libs/kernel';
import type { WebhookContext } from '#libs/queue';
import type { RunRef, RunRepository, WebhookLog } from '#libs/run-state';
import type { Sealer } from '#libs/sealing';
import type { TenantWebhooks } from '#libs/tenancy';
import { receiverRefusal, type HttpClient, type HttpResult, type ReceiverRules } from '#libs/vendors';
import { webhookMessage, type WebhookMessage } from './webhook-message';

/** Of an answer nothing but its status is used. */
const ANSWER_BYTES_MAX = 64 * 1024;
const GONE = 410;

/** Whom to tell. */
interface Receiver {
  url: string;
  /** Throws `sealed_unreadable`. */
  secret: () => string | Promise<string>;
}

interface Verdict {
  kind: WebhookAttempt['outcome'];
  status: number | null;
  error: string | null;
}

export interface WebhookDeliveryOptions {
  runs: RunRepository;
  /** Of runs that name no webhook. */
  defaults: TenantWebhooks;
  log: WebhookLog;
  sealer: Sealer;
  http: HttpClient;
  rules: ReceiverRules;
  /** Ends the wait for receivers; what was under way counts as failed and is tried again. */
  signal: AbortSignal;
  /** Default: the queue's own. */
  timeoutMs?: number;
}

/** One attempt to tell a receiver of a run's ending, signed as Standard Webhooks say; every attempt is logged with the run. */
export class WebhookDelivery {
  constructor(private readonly options: WebhookDeliveryOptions) {}

  async attempt(payload: WebhookPayload, context: WebhookContext): Promise<WebhookAttempt['outcome']> {
    const run = { tenantId: payload.tenantId, runId: payload.runId };
    const [record, [event]] = await Promise.all([
      this.options.runs.find(run),
      this.options.runs.events(run, payload.eventId - 1, 1),
    ]);
    const message = record && event && webhookMessage(record, event);
    const receiver = record && (await this.receiverOf(run, record));
    // Past its retention, or the tenant's webhook was taken back: nobody is left to be told anything.
    if (!message || !receiver) return 'given_up';
    const started = performance.now();
    const verdict = await this.send(message, receiver);
    return this.record(run, message, context, { verdict, durationMs: performance.now() - started });
  }

  /** The run's own, else what its tenant has stored by now. */
  private async receiverOf(run: RunRef, { request }: RunRecord): Promise<Receiver | undefined> {
    const { runs, defaults, sealer } = this.options;
    const { tenantId } = run;
    if (request.webhook) {
      const sealed = await runs.field(run, 'webhook_secret');
      if (sealed === undefined) return undefined;
      return { url: request.webhook.url, secret: () => sealer.open(sealed, webhookSecretPlace(tenantId)) };
    }
    const stored = await defaults.find(tenantId);
    return stored && { url: stored.url, secret: () => defaults.secretOf(tenantId, stored) };
  }

  private async send(message: WebhookMessage, { url, secret }: Receiver): Promise<Verdict> {
    const refusal = receiverRefusal(url, this.options.rules);
    if (refusal !== null) return { kind: 'given_up', status: null, error: `the URL ${refusal}` };
    let headers: Record<string, string>;
    try {
      headers = signedHeaders(message, await secret());
    } catch (error) {
      // The deployment's key may be put back.
      return { kind: 'failed', status: null, error: toError(error).message };
    }
    const { http, signal, timeoutMs = WEBHOOK_QUEUE.timeoutMs } = this.options;
    const result = await http.send({
      method: 'POST',
      url: new URL(url),
      headers,
      body: message.body,
      deadlineMs: timeoutMs,
      headersMs: timeoutMs,
      maxBytes: ANSWER_BYTES_MAX,
      signal,
    });
    return judge(result);
  }

  private async record(
    run: RunRef,
    { id, type }: WebhookMessage,
    { attempt, retryInMs, isRedelivery }: WebhookContext,
    { verdict, durationMs }: { verdict: Verdict; durationMs: number },
  ): Promise<WebhookAttempt['outcome']> {
    const isLast = verdict.kind === 'failed' && retryInMs === null;
    const outcome = isLast ? 'given_up' : verdict.kind;
    const now = Date.now();
    await this.options.log.append(run, {
      webhook_id: id,
      type,
      attempt,
      redelivery: isRedelivery,
      at: new Date(now - durationMs).toISOString(),
      outcome,
      status: verdict.status,
      duration_ms: Math.round(durationMs),
      error: verdict.error,
      next_attempt_at:
        outcome === 'failed' && retryInMs !== null ? new Date(now + retryInMs).toISOString() : null,
    });
    return outcome;
  }
}

function signedHeaders({ id, body }: WebhookMessage, secret: string): Record<string, string> {
  const at = new Date();
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

function judge(result: HttpResult): Verdict {
  if (result.kind === 'failed') {
    return result.code === 'REFUSED_ADDRESS'
      ? {
          kind: 'given_up',
          status: null,
          error: 'the URL leads to an address that is not on the public internet',
        }
      : { kind: 'failed', status: null, error: `no answer (${result.code})` };
  }
  const { status } = result;
  // Any success counts, also one with a body that is too large or broken: it is not read.
  if (status >= 200 && status < 300) return { kind: 'delivered', status, error: null };
  if (status === GONE) return { kind: 'given_up', status, error: 'the receiver wants no more (410)' };
  const redirect = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  return { kind: 'failed', status, error: `answered ${status}${redirect}` };
}
