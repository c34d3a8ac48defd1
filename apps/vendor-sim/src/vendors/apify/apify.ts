import { z } from 'zod';
import { companyNews } from '../../data/company-news';
import type { SimulatedVendor, VendorAnswer, VendorRequest, WorkedAnswer } from '../simulated-vendor.port';
import { runOf, startRun, type SimulatedRun } from './simulated-run';

const OP = 'find_signals';
const ACTORS = new Set(['lhotanova~google-news-scraper']);
const inputSchema = z.object({ query: z.string().min(1), maxItems: z.int().min(1).default(100) });
const DOMAIN = /\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\b/i;
const STARTED_AT = '2025-06-01T12:00:00.000Z';

/** Runs of a news actor as documented at https://docs.apify.com/api/v2: start one, ask after it, read its dataset. */
export const apify: SimulatedVendor = {
  id: 'apify',
  windows: [{ name: 'second', kind: 'sliding', limit: 60, lengthMs: 1_000 }],
  routes: [
    { method: 'POST', path: '/v2/acts/:actor/runs', op: OP, answer: start },
    { method: 'GET', path: '/v2/actor-runs/:run', op: OP, isFree: true, answer: askAfter },
    { method: 'GET', path: '/v2/datasets/:dataset/items', op: OP, isFree: true, answer: items },
  ],
  apiKey: ({ headers }) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null,
  refusals: {
    badKey: () =>
      failure(401, 'user-or-token-not-found', 'User was not found or authentication token is not valid'),
    rateLimit: () => failure(429, 'rate-limit-exceeded', 'You have exceeded the rate limit.'),
    quota: () => failure(402, 'monthly-usage-hard-limit-exceeded', 'Monthly usage hard limit exceeded'),
  },
};

function failure(status: number, type: string, message: string): VendorAnswer {
  return { status, json: { error: { type, message } } };
}

function start({ path, body }: VendorRequest): WorkedAnswer {
  const actor = path.actor ?? '';
  if (!ACTORS.has(actor)) {
    return { ...failure(404, 'record-not-found', 'Actor was not found'), purchase: null };
  }
  const input = inputSchema.safeParse(parsedJson(body));
  if (!input.success) {
    return { ...failure(400, 'invalid-input', 'Input is not valid'), purchase: null };
  }
  const query = input.data.query.toLowerCase();
  // A started run costs, whatever becomes of it.
  return { status: 201, json: runObject(startRun(query)), purchase: { input: { actor, query }, units: 1 } };
}

function askAfter({ path }: VendorRequest): WorkedAnswer {
  const run = runOf(path.run ?? '');
  if (run === null) return notFound('Actor run was not found');
  return { status: 200, json: runObject(run), purchase: { input: { run: run.id }, units: 0 } };
}

function items({ path, query }: VendorRequest): WorkedAnswer {
  const run = runOf(path.dataset ?? '');
  if (run === null) return notFound('Dataset was not found');
  const domain = DOMAIN.exec(run.query)?.[0] ?? '';
  const limit = Number(query.get('limit') ?? 250_000);
  const isThere = run.status === 'SUCCEEDED' && domain !== '';
  const found = (isThere ? companyNews(domain) : []).slice(0, limit).map((item) => ({
    title: item.title,
    link: item.url,
    source: new URL(item.url).hostname,
    publishedAt: `${item.date}T08:00:00.000Z`,
    image: null,
  }));
  return { status: 200, json: found, purchase: { input: { dataset: run.datasetId }, units: 0 } };
}

function notFound(message: string): WorkedAnswer {
  return { ...failure(404, 'record-not-found', message), purchase: null };
}

function runObject({ id, datasetId, status }: SimulatedRun): unknown {
  return {
    data: {
      id,
      actId: 'simulatedActor001',
      userId: 'simulatedUser0001',
      startedAt: STARTED_AT,
      finishedAt: status === 'RUNNING' ? null : STARTED_AT,
      status,
      meta: { origin: 'API' },
      stats: { restartCount: 0, resurrectCount: 0, computeUnits: 0.001 },
      options: { build: 'latest', timeoutSecs: 60, memoryMbytes: 512, diskMbytes: 1_024 },
      buildId: 'simulatedBuild001',
      exitCode: status === 'SUCCEEDED' ? 0 : null,
      defaultDatasetId: datasetId,
    },
  };
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // No input at all, as far as the schema is concerned.
    return null;
  }
}
