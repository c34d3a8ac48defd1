import { z } from 'zod';
import { companyNews } from '../../data/company-news';
import type { SimulatedVendor, VendorAnswer, VendorRequest, WorkedAnswer } from '../simulated-vendor.port';

const QUERY_LENGTH_MAX = 400;
const requestSchema = z.object({
  query: z.string().min(1),
  topic: z.enum(['general', 'news', 'finance']).default('general'),
  max_results: z.int().min(0).max(20).default(5),
});
const DOMAIN = /\b[a-z0-9-]+(?:\.[a-z0-9-]+)+\b/i;

/**
 * Search as documented at https://docs.tavily.com/documentation/api-reference/endpoint/search: it knows only what the
 * query's domain is in the news for.
 */
export const tavily: SimulatedVendor = {
  id: 'tavily',
  windows: [{ name: 'minute', kind: 'sliding', limit: 100, lengthMs: 60_000 }],
  routes: [{ method: 'POST', path: '/search', op: 'find_signals', answer: search }],
  apiKey: ({ headers }) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null,
  refusals: {
    badKey: () => failure(401, 'Unauthorized: missing or invalid API key.'),
    rateLimit: (full) => ({
      ...failure(429, 'Your request has been blocked due to excessive requests.'),
      ...(full === null ? {} : { headers: { 'retry-after': String(Math.ceil(full.resetInMs / 1_000)) } }),
    }),
    quota: () => failure(432, "This request exceeds your plan's set usage limit."),
  },
};

function failure(status: number, error: string): VendorAnswer {
  return { status, json: { detail: { error } } };
}

function search({ body }: VendorRequest): WorkedAnswer {
  const parsed = requestSchema.safeParse(parsedJson(body));
  if (!parsed.success) return { ...failure(400, 'The request is invalid.'), purchase: null };
  const { query, topic, max_results } = parsed.data;
  if (query.length > QUERY_LENGTH_MAX) {
    return {
      ...failure(400, 'Query is too long. Max query length is 400 characters.'),
      purchase: null,
    };
  }
  const domain = DOMAIN.exec(query)?.[0].toLowerCase() ?? '';
  const results = (domain === '' ? [] : companyNews(domain)).slice(0, max_results).map((item, i) => ({
    title: item.title,
    url: item.url,
    content: item.text,
    score: 0.99 - i / 10,
    raw_content: null,
    ...(topic === 'news' ? { published_date: new Date(item.date).toUTCString() } : {}),
  }));
  return {
    status: 200,
    json: { query, follow_up_questions: null, answer: null, images: [], results, response_time: 0.5 },
    // A basic search is one credit, found or not.
    purchase: { input: { query: query.toLowerCase(), topic }, units: 1 },
  };
}

function parsedJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // No request at all, as far as the schema is concerned.
    return null;
  }
}
