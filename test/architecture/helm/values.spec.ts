import { Ajv } from 'ajv';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readRepositoryFile } from '../repository';
import { CHART, helm, objectsIn, programs, render, VALUE_SETS, valuesFile, type HelmMajor } from './chart';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
  description?: string;
  definitions?: Record<string, Schema>;
}

const SCHEMA = JSON.parse(readRepositoryFile('helm/leadgen/values.schema.json')) as Schema;
const DEFAULTS = parse(readRepositoryFile('helm/leadgen/values.yaml')) as Record<string, unknown>;

/** Values that somebody could set by mistake, and what of it is refused. */
const WRONG: readonly [what: string, values: object, place: string][] = [
  ['a value that there is not', { replicas: 2 }, ''],
  ['a value that there is not, further down', { api: { replica: 2 } }, '/api'],
  ['a number as text', { api: { replicas: '2' } }, '/api/replicas'],
  ['no pods', { workers: { normalize: { replicas: 0 } } }, '/workers/normalize/replicas'],
  [
    'scaling to nothing',
    { workers: { export: { autoscaling: { minReplicas: 0 } } } },
    '/workers/export/autoscaling',
  ],
  [
    'more in hand than a process takes',
    { workers: { enrich: { concurrency: 501 } } },
    '/workers/enrich/concurrency',
  ],
  ['a Redis of another kind', { redis: { mode: 'cluster' } }, '/redis/mode'],
  [
    'a URL in place of a Secret’s name',
    { redis: { existingSecret: 'redis://:pw@redis:6379' } },
    '/redis/existingSecret',
  ],
  ['a secret among the variables', { env: { LEADGEN_SEALING_KEY: 'abc' } }, '/env'],
  ['a vendor’s key among the variables', { env: { VENDOR_SONAR_API_KEY: 'abc' } }, '/env'],
  [
    'a password among the headers of traces',
    { env: { OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=abc' } },
    '/env',
  ],
  ['a variable of somebody else', { env: { NODE_OPTIONS: '--inspect' } }, '/env'],
  [
    'limits without memory',
    { api: { resources: { requests: { cpu: 1, memory: '1Gi' }, limits: { cpu: 1 } } } },
    '/api/resources',
  ],
  [
    'memory that is none',
    { api: { resources: { requests: { cpu: 1, memory: 'lots' }, limits: { cpu: 1, memory: '1Gi' } } } },
    '/api/resources',
  ],
  ['a digest that is none', { image: { digest: 'sha256:abc' } }, '/image/digest'],
  ['a cell that Redis keys cannot have', { cell: 'Main Cell' }, '/cell'],
  ['a level of logs that there is not', { logLevel: 'verbose' }, '/logLevel'],
  ['a nightly run of nobody', { nightly: [{ schedule: '0 1 * * *' }] }, '/nightly/0'],
  [
    'a nightly run at no time',
    { nightly: [{ tenantId: 'acme', schedule: 'nightly' }] },
    '/nightly/0/schedule',
  ],
  [
    'a nightly run with a flag that there is not',
    { nightly: [{ tenantId: 'acme', schedule: '0 1 * * *', retries: 3 }] },
    '/nightly/0',
  ],
  [
    'a nightly run that starts beside itself',
    { nightly: [{ tenantId: 'acme', schedule: '0 1 * * *', overlap: 'queue' }] },
    '/nightly/0/overlap',
  ],
  [
    'a profile as text',
    { nightly: [{ tenantId: 'acme', schedule: '0 1 * * *', icp: '{}' }] },
    '/nightly/0/icp',
  ],
  [
    'a lane with a queue of its own',
    { workers: { enrich: { lanes: { sonar: { concurrency: 5 } } } } },
    '/workers/enrich/lanes/sonar',
  ],
  [
    'an address that is no range',
    { networkPolicy: { clusterCidrs: ['10.0.0.1'] } },
    '/networkPolicy/clusterCidrs/0',
  ],
  [
    'a key in the address of traces',
    { traces: { endpoint: 'https://key@traces.example.com' } },
    '/traces/endpoint',
  ],
  ['a privileged admin port', { admin: { port: 80 } }, '/admin/port'],
];

/** What the schema cannot say and templates refuse. */
const REFUSED: readonly [what: string, values: object, says: RegExp][] = [
  ['no Secret for an external Redis', {}, /redis\.existingSecret: name the Secret/],
  [
    'vendors without their keys',
    { redis: { mode: 'standalone' }, vendors: { enabled: ['sonar'] } },
    /vendors\.existingSecret: name/,
  ],
  [
    'an admin port for nobody',
    { redis: { mode: 'standalone' }, admin: { enabled: true } },
    /admin\.existingSecret: name/,
  ],
  [
    'less time to stop than stopping takes',
    { redis: { mode: 'standalone' }, workers: { drainSeconds: 60 } },
    /terminationGracePeriodSeconds: 60 is not longer than/,
  ],
  [
    'two scalers',
    { redis: { mode: 'standalone' }, keda: { enabled: true }, hpa: { enabled: true } },
    /one of them scales/,
  ],
  [
    'a lane of a vendor that there is not',
    { redis: { mode: 'standalone' }, workers: { enrich: { lanes: { nobody: {} } } } },
    /lanes\.nobody: there is no such vendor/,
  ],
  [
    'headers of traces that go nowhere',
    { redis: { mode: 'standalone' }, traces: { existingSecret: 'langsmith' } },
    /traces\.endpoint: say where/,
  ],
  [
    'two nightly runs of one name',
    {
      redis: { mode: 'standalone' },
      nightly: ['a_b', 'a-b'].map((tenantId) => ({ tenantId, schedule: '0 1 * * *' })),
    },
    /two runs would be the CronJob r-leadgen-a-b-nightly/,
  ],
  [
    'an Ingress for all hosts',
    { redis: { mode: 'standalone' }, api: { ingress: { enabled: true } } },
    /api\.ingress\.hosts/,
  ],
];

describe('the values of the chart', () => {
  const validate = new Ajv({ allErrors: true, strict: false }).compile(SCHEMA);
  let folder: string;

  beforeAll(() => {
    programs();
    folder = mkdtempSync(join(tmpdir(), 'helm-values-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (values: object): string => {
    const path = join(folder, 'values.yaml');
    writeFileSync(path, stringify(values));
    return path;
  };

  it('are as they are described, by default and in every set', () => {
    for (const values of [
      DEFAULTS,
      ...VALUE_SETS.map((set) => parse(readRepositoryFile(`helm/leadgen/ci/${set}-values.yaml`)) as object),
    ]) {
      validate(values);
      expect(validate.errors).toBeNull();
    }
  });

  it('are all described, and all that is described has a default', () => {
    const undescribed: string[] = [];
    const compare = (schema: Schema, values: unknown, path: string): void => {
      if (schema.properties === undefined) return;
      const named = Object.keys(values as object).toSorted();
      const described = Object.keys(schema.properties).filter((name) => name !== 'global');
      expect({ path, named }).toEqual({ path, named: described.toSorted() });
      for (const [name, of] of Object.entries(schema.properties)) {
        if (of.properties === undefined && of.description === undefined) undescribed.push(`${path}.${name}`);
        if (name !== 'global') compare(of, (values as Record<string, unknown>)[name], `${path}.${name}`);
      }
    };
    compare(SCHEMA, DEFAULTS, '');
    expect(undescribed).toEqual([]);
  });

  it('leave no part of the schema open by oversight', () => {
    const open: string[] = [];
    const look = (schema: Schema, path: string): void => {
      if (schema.properties !== undefined && schema.additionalProperties !== false) open.push(path);
      for (const [name, of] of Object.entries({ ...schema.properties, ...schema.definitions }))
        look(of, `${path}.${name}`);
      if (schema.items) look(schema.items, `${path}[]`);
      if (typeof schema.additionalProperties === 'object') look(schema.additionalProperties, `${path}.*`);
    };
    look(SCHEMA, '');
    expect(open).toEqual([]);
  });

  it.each(WRONG)('refuse %s', (_what, values, place) => {
    expect(validate(values)).toBe(false);
    expect(validate.errors?.some(({ instancePath }) => instancePath.startsWith(place))).toBe(true);
  });

  it.each<[HelmMajor, RegExp]>([
    [
      3,
      /Additional property replica is not allowed[\s\S]*lowercase|Additional property replica is not allowed/,
    ],
    [4, /additional properties 'replica' not allowed/],
  ])('are refused by Helm %s as well', (major, says) => {
    const values = { redis: { existingSecret: 'redis' }, api: { replica: 2 } };
    const { status, stderr } = helm(major, ['template', 'r', CHART, '--values', file(values)]);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(says);
  });

  it.each(REFUSED)('with %s make nothing, and say why', (_what, values, says) => {
    expect(() => render(4, '--values', file(values))).toThrow(says);
  });

  it('bound how far enrich is scaled by what vendors take at once', () => {
    const most = (...options: string[]): Record<string, number | undefined> =>
      Object.fromEntries(
        objectsIn(render(4, '--values', valuesFile('everything'), ...options))
          .filter(({ kind }) => kind === 'ScaledObject')
          .map(({ metadata, spec }) => [metadata.name.replace('leads-', ''), spec?.maxReplicaCount]),
      );
    expect(most()).toMatchObject({ enrich: 3, 'enrich-web': 8, 'enrich-zerobounce': 4 });
    // 400 and 20 + 10 + 20 + 100 calls at once, by 200 a pod; of a lane 32 a pod.
    expect(most('--set', 'workers.enrich.concurrency=50')).toMatchObject({ enrich: 10 });
    expect(most('--set', 'vendors.concurrency.web=40')).toMatchObject({ enrich: 2, 'enrich-web': 2 });
    expect(most('--set', 'workers.enrich.autoscaling.maxReplicas=2')).toMatchObject({ enrich: 2 });
  });
});
