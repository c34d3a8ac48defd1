import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Lead } from '#libs/contracts';
import { closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import {
  askTenantApi,
  everythingKept,
  hasEnded,
  onlyVendors,
  runFiles,
  runFolder,
  simulatorBooks,
  startTestCell,
  startTraceReceiver,
  startWebhookReceiver,
  untilRun,
  waitUntil,
  websitesOf,
  type TestCell,
  type TraceReceiver,
  type WebhookReceiver,
} from '#libs/testing';

const COMPANIES = 6;
const TENANT = 'acme';

/** Secrets that nothing may keep or tell; the simulator takes a key of its own with any suffix. */
const CANARIES = {
  vendorKey: 'simulated-hunter-canary4vendor',
  refusedKey: 'canary4refused-apollo-key',
  modelKey: 'simulated-openai-canary4model',
  ownKey: 'simulated-zerobounce-canary4own',
  webhookSecret: `whsec_${Buffer.from('canary4webhook-canary4webhook').toString('base64')}`,
  tracesKey: 'canary4traces-key',
  sealingKey: randomBytes(32).toString('base64'),
  suppressionKey: randomBytes(32).toString('base64'),
  unknownApiKey: 'lg_live_canary4unknown_0123456789abcdefghij',
  writtenIntoBody: 'canary4body@nobody.invalid',
};

/** Where personal data belong: what was bought, what is known of a company, and the files that the tenant takes its leads from. */
const PERSONS_BELONG = [
  /^lg:\{main\}:acme:(ledger1|company1):/,
  /\/objects\/runs\/acme\/run_[0-9A-Z]+\/leads\.(csv|jsonl)$/,
];

describe('what was put in as a secret, and whom a vendor told of', () => {
  let cell: TestCell;
  let redis: RedisClient;
  let traces: TraceReceiver;
  let receiver: WebhookReceiver;
  let refusing: RefusingVendor;
  let apiKey: string;
  let leads: Lead[];
  let runId: string;
  /** All that there is to look into, by its place. */
  let kept: Map<string, string>;

  beforeAll(async () => {
    [traces, receiver, refusing] = await Promise.all([
      startTraceReceiver(),
      startWebhookReceiver(),
      startRefusingVendor(),
    ]);
    cell = await startTestCell({
      api: true,
      tenants: {
        default: {
          waterfalls: onlyVendors({
            crawl_website: ['web'],
            read_profile: ['openai'],
            find_contacts: ['apollo', 'hunter'],
            verify_email: ['zerobounce'],
          }),
          policies: { find_contacts: { on_wait: 'next-provider' } },
        },
      },
      env: {
        LEADGEN_LOG_LEVEL: 'trace',
        LEADGEN_METRICS_PORT: '0',
        LEADGEN_SEALING_KEY: CANARIES.sealingKey,
        LEADGEN_SUPPRESSION_KEY: CANARIES.suppressionKey,
        LEADGEN_WEBHOOK_LOOPBACK: receiver.origin,
        VENDOR_HUNTER_API_KEY: CANARIES.vendorKey,
        VENDOR_OPENAI_API_KEY: CANARIES.modelKey,
        VENDOR_APOLLO_API_KEY: CANARIES.refusedKey,
        VENDOR_APOLLO_BASE_URL: `http://127.0.0.1:${refusing.port}`,
        OTEL_EXPORTER_OTLP_ENDPOINT: traces.origin,
        OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${CANARIES.tracesKey}`,
      },
    });
    redis = createRedis(cell.redis.url, workerConnectionOptions());
    await redis.connect();
    const { authorization } = await cell.authorization(TENANT);
    apiKey = authorization.replace('Bearer ', '');
    leads = await runWithFaults();
    kept = await everythingKept(cell, redis);
    kept.set('metrics', await metricsOf(cell));
    kept.set('traces', traces.requests.map(({ body }) => body.toString('latin1')).join('\n'));
  });

  afterAll(async () => {
    await closeRedis(redis);
    await cell.stop();
    await Promise.all([traces.close(), receiver.close()]);
    refusing.close();
  });

  async function post(authorization: string, body: string): Promise<Response> {
    return fetch(`${String(cell.api?.ready.url)}/api/orchestrations`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body,
    });
  }

  /** A run during which a vendor refuses its key and says it back, another answers rubbish, and a worker dies. */
  async function runWithFaults(): Promise<Lead[]> {
    await askTenantApi(cell, TENANT, 'PUT', '/vendors/zerobounce/credential', { api_key: CANARIES.ownKey });
    await cell.control('POST', 'faults', { vendor: 'hunter', kind: 'garbage', garbage: 'html', count: 1 });
    await cell.control('POST', 'faults', { vendor: 'zerobounce', kind: 'server_error', count: 1 });
    expect((await post(`Bearer ${CANARIES.unknownApiKey}`, '{}')).status).toBe(401);
    const wrong = [
      `{"input":"${CANARIES.writtenIntoBody}",`,
      JSON.stringify({ input: 7, x: CANARIES.writtenIntoBody }),
    ];
    for (const body of wrong) expect((await post(`Bearer ${apiKey}`, body)).status).toBe(400);
    const websites = websitesOf('canary', COMPANIES);
    const accepted = await post(
      `Bearer ${apiKey}`,
      JSON.stringify({
        input: 'run full pipeline',
        icp_payload: {},
        companies: websites.map((website) => ({ name: website, website })),
        webhook: { url: `${receiver.origin}/hook`, secret: CANARIES.webhookSecret },
      }),
    );
    expect(accepted.status).toBe(202);
    runId = ((await accepted.json()) as { run_id: string }).run_id;
    await waitUntil(async () => (await simulatorBooks.entries(cell, 'hunter')).length > 0, {
      timeoutMs: 60_000,
      what: 'calls are under way',
    });
    cell.apps.find(({ name }) => name === 'enrich')?.signal('SIGKILL');
    await cell.start('enrich');
    const view = await untilRun(cell, { tenant: TENANT, runId }, hasEnded);
    await waitUntil(() => receiver.received.length > 0, { timeoutMs: 60_000, what: 'the end was told' });
    await waitUntil(() => traces.spans.some(({ name }) => name === 'deliver webhook'), {
      timeoutMs: 60_000,
      what: 'the last spans have arrived',
    });
    return (await runFiles.jsonl(runFolder(cell, view), 'leads.jsonl')) as unknown as Lead[];
  }

  /** Every place where the text is, as it is or encoded: Redis, files, logs, metrics and what was exported as traces. */
  function places(text: string): string[] {
    const forms = [text, Buffer.from(text).toString('base64').replace(/=+$/, ''), encodeURIComponent(text)];
    const pattern = new RegExp(forms.map((form) => RegExp.escape(form)).join('|'), 'i');
    return [...kept].filter(([, content]) => pattern.test(content)).map(([place]) => place);
  }

  it('is used, or the search would find nothing whatever is wrong', async () => {
    expect(leads.length).toBe(COMPANIES);
    expect(traces.requests[0]?.headers['x-api-key']).toBe(CANARIES.tracesKey);
    expect(receiver.received[0]?.headers['webhook-signature']).toEqual(expect.any(String));
    const refused = traces.spans.filter(({ attributes }) => attributes.vendor === 'apollo');
    expect(refused.map(({ attributes }) => attributes.outcome)).toContain('auth_failed');
    for (const vendor of ['hunter', 'openai', 'zerobounce'])
      expect((await simulatorBooks.entries(cell, vendor)).length).toBeGreaterThan(0);
    expect(places('leadgen_vendor_requests_total')).toContain('metrics');
    const searched = [
      'traces',
      expect.stringMatching(/^log \d/),
      expect.stringMatching(/^lg:/),
      expect.stringMatching(/objects/),
    ];
    expect(places(runId)).toEqual(expect.arrayContaining(searched));
  });

  it('no trace of ours is told to vendors and receivers, though all of it is traced', () => {
    const headers = [...refusing.asked, ...receiver.received.map((message) => message.headers)];
    expect(headers.length).toBeGreaterThan(1);
    expect(headers.filter((sent) => 'traceparent' in sent || 'tracestate' in sent)).toEqual([]);
  });

  it.each(Object.entries(CANARIES))('%s is nowhere', (_name, secret) => {
    expect(places(secret)).toEqual([]);
  });

  it('the tenant’s API key and Redis’s password are nowhere', () => {
    for (const secret of [apiKey, decodeURIComponent(new URL(cell.redis.url).password)]) {
      expect(secret.length).toBeGreaterThan(8);
      expect(places(secret)).toEqual([]);
    }
  });

  it('persons are where results live, and nowhere else', () => {
    const contacts = leads.flatMap((lead) => lead.contacts);
    const told = new Set(
      contacts.flatMap(({ email, first_name: first, last_name: last }) => [
        ...(email === null ? [] : [email]),
        // As a document has a name, and as a person writes it.
        ...(first === null || last === null ? [] : [`"${first}","last_name":"${last}"`, `${first} ${last}`]),
      ]),
    );
    expect(told.size).toBeGreaterThan(COMPANIES);
    for (const text of told) {
      const found = places(text);
      expect(found.filter((place) => !PERSONS_BELONG.some((belongs) => belongs.test(place)))).toEqual([]);
      if (text.includes('@')) expect(found.length).toBeGreaterThan(0);
    }
  });
});

interface RefusingVendor {
  port: number;
  /** Of all requests. */
  asked: IncomingHttpHeaders[];
  close(): void;
}

/** Refuses every key, and says it back in headers and body. */
async function startRefusingVendor(): Promise<RefusingVendor> {
  const asked: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers);
    const said = JSON.stringify({
      error: `invalid key in ${JSON.stringify(request.headers)} at ${request.url ?? ''}`,
    });
    request.resume();
    response
      .writeHead(401, { 'content-type': 'application/json', 'x-said': encodeURIComponent(said) })
      .end(said);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { port, asked, close };
}

async function metricsOf(cell: TestCell): Promise<string> {
  const ports = cell.apps.filter(
    ({ name, ready }) => name !== 'vendor-sim' && ready.metricsUrl !== undefined,
  );
  const living = await Promise.all(
    ports.map(({ ready }) =>
      fetch(`${String(ready.metricsUrl)}/metrics`).then(
        (response) => response.text(),
        // Of the worker that was killed.
        () => '',
      ),
    ),
  );
  return living.join('\n');
}
