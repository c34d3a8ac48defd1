import { signalsInArticles } from '#libs/domain';
import { jsonCall } from '../http/json-call';
import { plainText } from '../http/plain-text';
import type { Vendor } from '../vendor.port';
import { searchSchema } from './search.schema';
import { tavilyDescriptor } from './tavily.descriptor';

/** The longest query there may be (docs, "Best Practices for Search"). */
const QUERY_LENGTH_MAX = 400;
/** More than the signals wanted: not every result is about the company. */
const RESULTS_MAX = 10;

const findSignals = jsonCall(tavilyDescriptor, 'find_signals', {
  request: ({ domain, name }, { apiKey }) => ({
    method: 'POST',
    path: '/search',
    headers: { authorization: `Bearer ${apiKey ?? ''}` },
    body: {
      query: `${plainText(name, QUERY_LENGTH_MAX - domain.length - 1) ?? ''} ${domain}`.trim(),
      topic: 'news',
      search_depth: 'basic',
      time_range: 'year',
      max_results: RESULTS_MAX,
    },
  }),
  schema: searchSchema,
  read: ({ results }, { input }) => {
    const articles = results.slice(0, RESULTS_MAX).map(({ title, url, content, published_date }) => ({
      title: plainText(title, 200),
      url,
      excerpt: plainText(content, 2_000),
      published: published_date ?? null,
    }));
    const signals = signalsInArticles(articles, input);
    // The search is a credit, whatever it finds.
    return signals.length === 0 ? { kind: 'empty', units: 1 } : { kind: 'ok', value: { signals }, units: 1 };
  },
});

/** News about a company by a search of the web. */
export const tavilyVendor: Vendor = { descriptor: tavilyDescriptor, calls: { find_signals: findSignals } };
