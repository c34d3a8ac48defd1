import { siteCharacter } from '../../websites/site-character';
import { siteFacts } from '../../websites/site-facts';
import type { SimulatedVendor, VendorAnswer, VendorRequest, WorkedAnswer } from '../simulated-vendor.port';

/** About as long as English tokens are. */
const CHARACTERS_PER_TOKEN = 4;
const TOKENS_PER_UNIT = 1_000;

/** Reader as documented at https://jina.ai/reader/, of the simulated websites' home pages. */
export const jina: SimulatedVendor = {
  id: 'jina',
  windows: [{ name: 'minute', kind: 'sliding', limit: 500, lengthMs: 60_000 }],
  // The page's own address stands in the path: `/https://acme.com/`.
  routes: [{ method: 'GET', path: '/:scheme//:host/', op: 'crawl_website', answer: readPage }],
  apiKey: ({ headers }) => /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null,
  refusals: {
    badKey: () => failure(401, 40_103, 'AuthenticationFailedError', 'Invalid API key'),
    rateLimit: (full) => ({
      ...failure(429, 42_903, 'RateLimitTriggeredError', 'Per UID rate limit exceeded'),
      ...(full === null ? {} : { headers: { 'retry-after': String(Math.ceil(full.resetInMs / 1_000)) } }),
    }),
    quota: () => failure(402, 40_203, 'InsufficientBalanceError', 'Account balance not enough'),
  },
};

function failure(code: number, status: number, name: string, message: string): VendorAnswer {
  return {
    status: code,
    json: { data: null, code, name, status, message, readableMessage: `${name}: ${message}` },
  };
}

function readPage({ path, headers }: VendorRequest): WorkedAnswer {
  const host = (path.host ?? '').toLowerCase();
  const domain = host.replace(/^www\./, '');
  const url = `${path.scheme ?? ''}//${host}/`;
  if (!/^https?:\/\/[a-z0-9.-]+\/$/.test(url)) {
    return { ...failure(422, 42_201, 'ParamValidationError', 'Invalid URL'), purchase: null };
  }
  // A page that cannot be had is no purchase, but the request had its effect.
  const refused = (answer: VendorAnswer): WorkedAnswer => ({
    ...answer,
    purchase: { input: { url }, units: 0 },
  });
  switch (siteCharacter(domain)) {
    case 'dead':
      return refused(failure(422, 42_206, 'AssertionFailureError', `Failed to goto ${url}`));
    case 'closed':
      if (headers['x-robots-txt'] === undefined) return page(url, textOf(domain), domain);
      return refused(failure(451, 45_102, 'SecurityCompromiseError', 'Disallowed by site robots.txt'));
    case 'gone':
      return page(url, '404 Not Found', null, 'Target URL returned error 404: Not Found');
    case 'file':
    case 'blank':
      return page(url, '', null);
    case 'slow':
    case 'live':
      return page(url, textOf(domain), domain);
  }
}

function textOf(domain: string): string {
  const { brand, description, email, contactOn } = siteFacts(domain);
  const contact = contactOn === 'home' && email !== null ? `\n\nWrite to ${email}` : '';
  return `Home About us Contact\n\n${brand}\n\n${description}${contact}`;
}

function page(url: string, text: string, domain: string | null, warning?: string): WorkedAnswer {
  const tokens = Math.ceil(text.length / CHARACTERS_PER_TOKEN);
  const facts = domain === null ? null : siteFacts(domain);
  return {
    status: 200,
    json: {
      code: 200,
      status: 20_000,
      data: {
        title: facts?.title ?? '',
        description: facts?.description ?? '',
        url,
        text,
        ...(warning === undefined ? {} : { warning }),
        usage: { tokens },
      },
      meta: { usage: { tokens } },
    },
    purchase: { input: { url }, units: Math.ceil(tokens / TOKENS_PER_UNIT) },
  };
}
