import { z } from 'zod';
import {
  claimSchema,
  envVariable,
  flagSchema,
  hostListSchema,
  isHttpsOrLoopback,
  otlpUrlSchema,
  portSchema,
  positiveIntSchema,
} from './env-variable';
import { laneShareSchema } from './lane-share.schema';
import { legacyRoutesSchema } from './legacy-routes.schema';
import { originsSchema } from './origins.schema';
import { redisUrlSchema } from './redis-url.schema';
import { otlpHeadersSchema } from './otlp-headers.schema';
import { sealingKeysSchema, secretKeySchema } from './sealing-keys.schema';

/** Every variable a process of ours reads, by concern. Vendors' own (`VENDOR_<ID>_…`) are read by pattern. */
export const ENV_CATALOGUE = {
  runtime: {
    cell: envVariable({
      name: 'LEADGEN_CELL',
      schema: z.string().regex(/^[a-z0-9-]{1,32}$/, { error: 'use 1–32 of a–z, 0–9 and "-"' }),
      defaultText: 'main',
      description: 'Name of the cell: the hash tag of every Redis key.',
    }),
    dataDir: envVariable({
      name: 'LEADGEN_DATA_DIR',
      schema: z.string().min(1),
      defaultText: './.leadgen',
      description: 'Folder for the embedded Redis, logs, scratch files and local object storage.',
    }),
    offline: envVariable({
      name: 'ORCHESTRATOR_OFFLINE',
      schema: flagSchema,
      defaultText: '0',
      description: 'Nothing leaves the machine: every vendor is the simulator, results are marked simulated.',
    }),
    version: envVariable({
      name: 'LEADGEN_VERSION',
      schema: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._+-]{0,63}$/, {
        error: 'use 1–64 letters, digits, ".", "_", "+" and "-"',
      }),
      description: 'The release, as metrics and traces tell it. Not set: that of package.json.',
    }),
    logLevel: envVariable({
      name: 'LEADGEN_LOG_LEVEL',
      schema: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']),
      defaultText: 'info',
      description: 'Least severe log line written to stderr.',
    }),
  },
  redis: {
    url: envVariable({
      name: 'REDIS_URL',
      schema: redisUrlSchema,
      description:
        'The cell’s Redis (≥ 6.2, AOF on, noeviction): `redis://`, `rediss://` (TLS), or by way of Sentinels `redis+sentinel://[:password@]host:26379/name`, further ones as `?sentinel=host:port`, their own password as `&sentinel_password=`. Not set: the CLI starts a private one.',
      secret: true,
    }),
  },
  clock: {
    skewMaxMs: envVariable({
      name: 'LEADGEN_CLOCK_SKEW_MAX_MS',
      schema: positiveIntSchema,
      defaultText: '5000',
      description:
        'A server process whose clock is further from Redis’s does not start. Caps, budgets and days go by Redis’s clock whatever this says.',
    }),
  },
  vendorPlans: {
    file: envVariable({
      name: 'LEADGEN_VENDORS_FILE',
      schema: z.string().min(1),
      description:
        'JSON file with what your plans with vendors say differently from docs/vendors.md: caps, prices, day budgets.',
    }),
  },
  tenantTerms: {
    file: envVariable({
      name: 'LEADGEN_TENANTS_FILE',
      schema: z.string().min(1),
      description:
        'JSON file with the terms of tenants (docs/tenants.md): budgets, shares, which vendors serve them, how long they wait for caps.',
    }),
  },
  webhooks: {
    loopback: envVariable({
      name: 'LEADGEN_WEBHOOK_LOOPBACK',
      schema: originsSchema,
      defaultText: '',
      description:
        'Exact origins on this machine that webhooks may be sent to, apart by commas, e.g. `http://127.0.0.1:4000`: for development and tests. All others must be https on the public internet.',
    }),
  },
  sealing: {
    keys: envVariable({
      name: 'LEADGEN_SEALING_KEY',
      schema: sealingKeysSchema,
      defaultText: '',
      description:
        'Key that encrypts what tenants hand over as secrets: 32 random bytes in base64 (`openssl rand -base64 32`). Several, separated by blanks: the first encrypts, all decrypt.',
      secret: true,
    }),
  },
  suppression: {
    key: envVariable({
      name: 'LEADGEN_SUPPRESSION_KEY',
      schema: secretKeySchema,
      description:
        'Key of the hashes that suppression lists keep: 32 random bytes in base64 (`openssl rand -base64 32`), the same for all processes of the cell, and for good. Not set: whoever has the database can test whether somebody is on a list; an embedded cell makes its own.',
      secret: true,
    }),
  },
  storage: {
    dir: envVariable({
      name: 'LEADGEN_STORAGE_DIR',
      schema: z.string().min(1),
      description:
        'Folder of the local object storage, shared by all processes. Not set: objects/ in LEADGEN_DATA_DIR.',
    }),
  },
  workers: {
    enrichConcurrency: envVariable({
      name: 'LEADGEN_ENRICH_CONCURRENCY',
      schema: positiveIntSchema.max(500),
      defaultText: '200',
      description:
        'Companies one enrich process walks at the same time. They mostly wait, for vendors and for caps.',
    }),
    enrichLanes: envVariable({
      name: 'LEADGEN_ENRICH_LANES',
      schema: laneShareSchema,
      defaultText: 'all',
      description:
        'Vendors whose lanes an enrich process serves: `all`; `only:<vendor>,<vendor>`, and then nothing else; `except:<vendor>,<vendor>`, where other processes serve those.',
    }),
    normalizeConcurrency: envVariable({
      name: 'LEADGEN_NORMALIZE_CONCURRENCY',
      schema: positiveIntSchema.max(16),
      defaultText: '2',
      description: 'Runs one normalize process plans and normalizes at the same time.',
    }),
    exportConcurrency: envVariable({
      name: 'LEADGEN_EXPORT_CONCURRENCY',
      schema: positiveIntSchema.max(16),
      defaultText: '4',
      description: 'Runs one export process exports at the same time.',
    }),
    drainMs: envVariable({
      name: 'LEADGEN_DRAIN_MS',
      schema: positiveIntSchema,
      defaultText: '25000',
      description: 'How long a process may take to finish its work after SIGTERM.',
    }),
  },
  api: {
    host: envVariable({
      name: 'LEADGEN_API_HOST',
      schema: z.string().min(1),
      defaultText: '127.0.0.1',
      description:
        'Address the API listens on. On another than loopback, put TLS in front: keys travel in a header.',
    }),
    port: envVariable({
      name: 'LEADGEN_API_PORT',
      schema: portSchema,
      defaultText: '3000',
      description: 'Port of the API; 0 takes a free one.',
    }),
    streamsMax: envVariable({
      name: 'LEADGEN_API_STREAMS_MAX',
      schema: positiveIntSchema.max(20_000),
      defaultText: '2000',
      description:
        'Streams of events one API process serves at the same time; further ones are refused (503).',
    }),
    lingerMs: envVariable({
      name: 'LEADGEN_API_LINGER_MS',
      schema: positiveIntSchema.max(60_000),
      defaultText: '5000',
      description:
        'How long a stopping API still serves after it has said that it is not ready: longer than whoever balances the load takes to notice, shorter than LEADGEN_DRAIN_MS.',
    }),
    allowedHosts: envVariable({
      name: 'LEADGEN_API_ALLOWED_HOSTS',
      schema: hostListSchema,
      description:
        'Names the API may be called by, with commas, e.g. leads.example.com; a request with another Host header is refused (DNS rebinding). Loopback names always count. Not set: on loopback only those, else any.',
    }),
    proxyHops: envVariable({
      name: 'LEADGEN_API_PROXY_HOPS',
      schema: z.coerce.number().int().min(0).max(10),
      defaultText: '0',
      description:
        'Proxies of yours in front of the API: so many entries of X-Forwarded-For are believed when bad keys are counted by address.',
    }),
    ratePerMinute: envVariable({
      name: 'LEADGEN_API_RATE_PER_MINUTE',
      schema: positiveIntSchema.max(10_000_000),
      defaultText: '600',
      description: 'Requests per minute of one key, evenly or all at once; more are answered 429.',
    }),
    runsPerMinute: envVariable({
      name: 'LEADGEN_API_RUNS_PER_MINUTE',
      schema: positiveIntSchema.max(10_000_000),
      defaultText: '300',
      description: 'Requests per minute of one key that start runs; they count as requests, too.',
    }),
    badKeysPerMinute: envVariable({
      name: 'LEADGEN_API_BAD_KEYS_PER_MINUTE',
      schema: positiveIntSchema.max(10_000_000),
      defaultText: '10',
      description: 'Invalid keys per minute from one address that are answered 401; more are answered 429.',
    }),
    activeRunsPerTenant: envVariable({
      name: 'LEADGEN_API_ACTIVE_RUNS_PER_TENANT',
      schema: positiveIntSchema.max(1_000_000),
      defaultText: '100',
      description: 'Runs of one tenant that have not ended; another one over the API is answered 429.',
    }),
    headersTimeoutMs: envVariable({
      name: 'LEADGEN_API_HEADERS_TIMEOUT_MS',
      schema: positiveIntSchema,
      defaultText: '10000',
      description: 'How long the headers of a request may take to arrive.',
    }),
    requestTimeoutMs: envVariable({
      name: 'LEADGEN_API_REQUEST_TIMEOUT_MS',
      schema: positiveIntSchema,
      defaultText: '30000',
      description: 'How long a request may take to arrive whole; an upload of companies has its own time.',
    }),
  },
  access: {
    keyEnvironment: envVariable({
      name: 'LEADGEN_KEY_ENVIRONMENT',
      schema: z.string().regex(/^[a-z0-9]{1,16}$/, { error: 'use 1–16 of a–z and 0–9' }),
      defaultText: 'live',
      description: 'Stands in every new key, lg_<environment>_…, so that a key of a trial is known at sight.',
    }),
    oidcIssuer: envVariable({
      name: 'LEADGEN_OIDC_ISSUER',
      schema: z.string().min(1),
      description: 'Issuer of tokens that are accepted beside keys (`iss`). Not set: keys only.',
    }),
    oidcAudience: envVariable({
      name: 'LEADGEN_OIDC_AUDIENCE',
      schema: z.string().min(1),
      description: 'Whom the tokens must be meant for (`aud`); needed with an issuer.',
    }),
    oidcJwksUrl: envVariable({
      name: 'LEADGEN_OIDC_JWKS_URL',
      schema: z
        .url({ protocol: /^https?$/, error: 'must be https://…, or http:// on loopback' })
        .refine(isHttpsOrLoopback, {
          error: 'must be https://…, or http:// on loopback',
        }),
      description: 'Where the issuer publishes its keys; this or the file is needed with an issuer.',
    }),
    oidcJwksFile: envVariable({
      name: 'LEADGEN_OIDC_JWKS_FILE',
      schema: z.string().min(1),
      description: 'A file with the issuer’s keys (JWKS), instead of the URL; read at start.',
    }),
    oidcTenantClaim: envVariable({
      name: 'LEADGEN_OIDC_TENANT_CLAIM',
      schema: claimSchema,
      defaultText: 'tenant_id',
      description: 'The claim of a token that names the tenant.',
    }),
    oidcScopeClaim: envVariable({
      name: 'LEADGEN_OIDC_SCOPE_CLAIM',
      schema: claimSchema,
      defaultText: 'scope',
      description:
        'The claim of a token that lists scopes, as a list or with blanks between; others are passed over.',
    }),
  },
  chat: {
    mode: envVariable({
      name: 'ORCHESTRATOR_CHAT',
      schema: z.enum(['0', 'internal', '1'], { error: 'use 0, internal or 1' }),
      defaultText: '0',
      description:
        'Whether the chat is open: `0` to nobody, `internal` to people of the house, `1` to all. `leadgen doctor` allows it after two good runs of cron in a row.',
    }),
  },
  legacy: {
    routes: envVariable({
      name: 'ORCHESTRATOR_LEGACY_ROUTES',
      schema: legacyRoutesSchema,
      description:
        'Paths of the system before this one that the API still answers, as JSON (docs/api.md): `{"deprecated":"2026-10-01","sunset":"2027-01-31","routes":{"POST /chat/pre-sdr":"run"}}`. Not set: none.',
    }),
    gone: envVariable({
      name: 'ORCHESTRATOR_LEGACY_GONE',
      schema: flagSchema,
      defaultText: '0',
      description: 'Those paths are switched off: they answer 410 and name what to use.',
    }),
  },
  client: {
    apiKey: envVariable({
      name: 'LEADGEN_API_KEY',
      schema: z.string().min(1),
      description:
        'Key with which the CLI itself calls the API (`leadgen loadtest --via api`, `leadgen doctor`); in a variable or a file, so that no list of processes shows it.',
      secret: true,
    }),
  },
  admin: {
    host: envVariable({
      name: 'LEADGEN_ADMIN_HOST',
      schema: z.string().min(1),
      defaultText: '127.0.0.1',
      description:
        'Address of the admin port. Off loopback, put TLS before it: passwords travel with every request.',
    }),
    port: envVariable({
      name: 'LEADGEN_ADMIN_PORT',
      schema: portSchema,
      description:
        'Port of the API process for those who run the cell: Bull Board and vendor operations (docs/ops.md); 0 takes a free one. Not set: there is none.',
    }),
    users: envVariable({
      name: 'LEADGEN_OPS_USERS',
      schema: z.string(),
      description:
        'Who may use the admin port: `name:role:hash`, apart by commas or lines; role `viewer` or `operator`. `leadgen ops hash-password` makes an entry.',
      secret: true,
    }),
  },
  metrics: {
    host: envVariable({
      name: 'LEADGEN_METRICS_HOST',
      schema: z.string().min(1),
      defaultText: '127.0.0.1',
      description:
        'Address of the metrics port. It asks for no password: off loopback, let only your Prometheus and what checks health reach it.',
    }),
    port: envVariable({
      name: 'LEADGEN_METRICS_PORT',
      schema: portSchema,
      description:
        'Port on which this process, API or worker, serves `/metrics`, `/health/live` and `/health/ready` (docs/ops.md); 0 takes a free one. Not set: none. The processes of an embedded cell have none.',
    }),
  },
  datasets: {
    bytesMax: envVariable({
      name: 'LEADGEN_DATASET_BYTES_MAX',
      schema: positiveIntSchema,
      defaultText: String(200 * 1024 * 1024),
      description: 'Largest file that POST /api/datasets takes.',
    }),
    uploadMsMax: envVariable({
      name: 'LEADGEN_DATASET_UPLOAD_MS_MAX',
      schema: positiveIntSchema,
      defaultText: '900000',
      description: 'How long one upload may take; one that sends nothing for 30 s ends sooner.',
    }),
  },
  tracing: {
    endpoint: envVariable({
      name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
      schema: otlpUrlSchema,
      description:
        'Base URL of an OpenTelemetry receiver (OTLP over HTTP, protobuf) that traces are sent to, at `/v1/traces` below it (docs/traces.md). Not set: nothing is traced.',
    }),
    tracesEndpoint: envVariable({
      name: 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
      schema: otlpUrlSchema,
      description: 'The whole URL that traces are sent to, in place of the base.',
    }),
    headers: envVariable({
      name: 'OTEL_EXPORTER_OTLP_HEADERS',
      schema: otlpHeadersSchema,
      defaultText: '',
      description: 'Headers of those requests, `name=value` with commas between: a key of the receiver.',
      secret: true,
    }),
    tracesHeaders: envVariable({
      name: 'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
      schema: otlpHeadersSchema,
      defaultText: '',
      description: 'More of them, for traces.',
      secret: true,
    }),
    protocol: envVariable({
      name: 'OTEL_EXPORTER_OTLP_PROTOCOL',
      schema: z.literal('http/protobuf', { error: 'traces go out as http/protobuf only' }),
      defaultText: 'http/protobuf',
      description: 'How they are sent: there is one way.',
    }),
    sampler: envVariable({
      name: 'OTEL_TRACES_SAMPLER',
      schema: z.enum([
        'always_on',
        'always_off',
        'traceidratio',
        'parentbased_always_on',
        'parentbased_always_off',
        'parentbased_traceidratio',
      ]),
      defaultText: 'parentbased_always_on',
      description:
        'Which traces are sent. With one that begins with `parentbased_`, whoever accepts a run decides for all of it.',
    }),
    ratio: envVariable({
      name: 'OTEL_TRACES_SAMPLER_ARG',
      schema: z.coerce.number().min(0).max(1),
      defaultText: '1',
      description: 'For the samplers that go by a ratio: how many of all, 0 to 1.',
    }),
    serviceName: envVariable({
      name: 'OTEL_SERVICE_NAME',
      schema: z.string().min(1).max(255),
      defaultText: 'orchestrator',
      description: 'The name of the service in traces; `app` beside it tells the processes apart.',
    }),
    disabled: envVariable({
      name: 'OTEL_SDK_DISABLED',
      schema: flagSchema,
      defaultText: '0',
      description: 'Nothing is traced, wherever traces would go.',
    }),
  },
  simulator: {
    host: envVariable({
      name: 'LEADGEN_SIM_HOST',
      schema: z.string().min(1),
      defaultText: '127.0.0.1',
      description:
        'Address the vendor simulator listens on. Off loopback (a container of its own) let only workers reach it: its controls ask for no password.',
    }),
    port: envVariable({
      name: 'LEADGEN_SIM_PORT',
      schema: portSchema,
      defaultText: '0',
      description: 'Port of the vendor simulator; 0 takes a free one.',
    }),
  },
} as const;
