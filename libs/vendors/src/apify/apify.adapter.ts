import type { OperationInput, SignalsFound } from '#libs/contracts';
import { signalsInArticles } from '#libs/domain';
import { jsonCall } from '../http/json-call';
import { plainText } from '../http/plain-text';
import type { Vendor, VendorCall, VendorContext, VendorEnd, VendorOutcome } from '../vendor.port';
import { ACTOR, apifyDescriptor, RUN_LIMITS } from './apify.descriptor';
import { progressOf, resumeOf, type RunProgress } from './run-progress';
import { itemsSchema, runSchema, type RunItem } from './run.schema';

type Outcome = VendorOutcome<SignalsFound>;

/** A run takes from some seconds to its limit. */
const ASK_AGAIN_MS = 3_000;
/** What has succeeded is there. */
const AT_ONCE_MS = 1;
/** A run that failed has no HTTP status of its own: it is the vendor's failure all the same. */
const RUN_FAILED = 500;

const bearer = ({ apiKey }: VendorContext): Record<string, string> => ({
  authorization: `Bearer ${apiKey ?? ''}`,
});

const startRun = jsonCall(apifyDescriptor, 'find_signals', {
  request: ({ name, domain }, context) => ({
    method: 'POST',
    path: `/v2/acts/${ACTOR}/runs`,
    query: Object.fromEntries(Object.entries(RUN_LIMITS).map(([limit, value]) => [limit, String(value)])),
    headers: bearer(context),
    body: { query: `${plainText(name, 200) ?? ''} ${domain}`.trim(), maxItems: RUN_LIMITS.maxItems },
  }),
  schema: runSchema,
  read: ({ data }) =>
    pending({ next: 'run', runId: data.id, datasetId: data.defaultDatasetId }, ASK_AGAIN_MS, 1),
});

const askAfterRun = (progress: RunProgress): VendorCall<'find_signals'> =>
  jsonCall(apifyDescriptor, 'find_signals', {
    request: (_, context) => ({
      method: 'GET',
      path: `/v2/actor-runs/${progress.runId}`,
      headers: bearer(context),
    }),
    schema: runSchema,
    read: ({ data: { status } }) => {
      switch (status) {
        case 'READY':
        case 'RUNNING':
        case 'TIMING-OUT':
        case 'ABORTING':
          return pending(progress, ASK_AGAIN_MS, 0);
        case 'SUCCEEDED':
          return pending({ ...progress, next: 'items' }, AT_ONCE_MS, 0);
        case 'FAILED':
          return { kind: 'vendor_error', status: RUN_FAILED };
        // Ended by our own limit, or by somebody at the vendor's console: it would not fare better a second time.
        case 'TIMED-OUT':
        case 'ABORTED':
          return { kind: 'empty', units: 0 };
      }
    },
  });

const readItems = ({ datasetId }: RunProgress): VendorCall<'find_signals'> =>
  jsonCall(apifyDescriptor, 'find_signals', {
    request: (_, context) => ({
      method: 'GET',
      path: `/v2/datasets/${datasetId}/items`,
      query: { format: 'json', clean: 'true', limit: String(RUN_LIMITS.maxItems) },
      headers: bearer(context),
    }),
    schema: itemsSchema,
    read: (items, { input }) => signalsOf(items, input),
  });

/**
 * One request: starts a run, looks how it is getting on, or reads what it found; which, `context.resume` tells. Answers
 * `pending` until the last: whoever keeps what it says never starts a second run.
 */
const findSignals: VendorCall<'find_signals'> = async (input, context): Promise<Outcome> => {
  if (context.resume === null) return inDoubtIfUnread(await startRun(input, context));
  const progress = progressOf(context.resume);
  if (progress === null) return { kind: 'bad_request', detail: 'nothing that a call of ours left to resume' };
  return progress.next === 'run'
    ? askAfterRun(progress)(input, context)
    : readItems(progress)(input, context);
};

/** News about a company by an actor's run on the vendor's platform. */
export const apifyVendor: Vendor = { descriptor: apifyDescriptor, calls: { find_signals: findSignals } };

function pending(progress: RunProgress, inMs: number, units: number): VendorEnd<never> {
  return { kind: 'pending', resume: resumeOf(progress), inMs, units };
}

/** A start whose answer cannot be read has started a run all the same, and nobody knows which. */
function inDoubtIfUnread(outcome: Outcome): Outcome {
  return outcome.kind === 'bad_response' ? { kind: 'timeout_after_send' } : outcome;
}

function signalsOf(
  items: readonly RunItem[],
  company: OperationInput<'find_signals'>,
): VendorEnd<SignalsFound> {
  const articles = items.slice(0, RUN_LIMITS.maxItems).map(({ title, link, source, publishedAt }) => ({
    title: plainText(title, 200),
    url: link ?? '',
    excerpt: plainText(source, 200),
    published: publishedAt ?? null,
  }));
  const signals = signalsInArticles(articles, company);
  return signals.length === 0 ? { kind: 'empty', units: 0 } : { kind: 'ok', value: { signals }, units: 0 };
}
