import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENV_CATALOGUE } from '#libs/config';
import { startTestRedis, waitUntil, type TestRedis } from '#libs/testing';
import { ComposeProject } from './compose-project';
import { ContainerPrograms } from './container-programs';
import { buildImage, standIns, type StandIns } from './stand-ins';

const REPOSITORY = join(__dirname, '../..');
const IMAGE = 'localhost/leadgen-test:1';
const MB = 1_000_000;
const COMPRESSED_MAX = 120 * MB;
/** Room for a base image that holds more than ours, a slim Debian. */
const BASE_MAX = 35 * MB;
const BUILD_MS = 25 * 60_000;
const APPS = ['vendor-sim', 'api', 'normalize', 'enrich', 'export'];

/** How an image of ours is meant to run; no user is added to its /etc/passwd, as Docker adds none. */
const HARDENED = [
  '--read-only',
  '--read-only-tmpfs=false',
  '--tmpfs=/tmp',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--passwd=false',
];

const APPS_OF_COMPOSE = ['api', 'normalize', 'enrich', 'export', 'simulator'];

let programs: ContainerPrograms;
let images: StandIns;

beforeAll(async () => {
  programs = await ContainerPrograms.bring();
  images = await standIns(programs);
  await buildImage(programs, images, IMAGE);
}, BUILD_MS);
afterAll(() => programs.try('podman', ['rmi', '--force', IMAGE]));

/** Runs a line of JavaScript in a container of its own; answers what it printed. */
const evaluate = (code: string): Promise<string> =>
  programs.podman(
    'run',
    '--rm',
    ...HARDENED,
    '--network=none',
    '--entrypoint=/usr/local/bin/node',
    IMAGE,
    '-e',
    code,
  );

describe('the image', () => {
  it('is at most 120 MB as it is pulled, on a base of usual size', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leadgen-image-'));
    try {
      await programs.podman('push', '--quiet', '--compress', IMAGE, `dir:${folder}`);
      const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
        layers: { size: number; mediaType: string }[];
      };
      const sizes = manifest.layers.map(({ size }) => size);
      expect(
        manifest.layers.map(({ mediaType }) => mediaType).filter((type) => !type.includes('gzip')),
      ).toEqual([]);
      const [base = 0, ...ours] = sizes;
      const sum = ours.reduce((total, size) => total + size, 0);
      process.stdout.write(
        `${((base + sum) / MB).toFixed(1)} MB compressed, ${(sum / MB).toFixed(1)} MB of them ours\n`,
      );
      expect(base + sum).toBeLessThan(COMPRESSED_MAX);
      expect(sum + BASE_MAX).toBeLessThan(COMPRESSED_MAX);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('says what it is, runs as a numbered user, and holds no secret in its settings', async () => {
    const [{ Config: config }] = JSON.parse(await programs.podman('image', 'inspect', IMAGE)) as [
      { Config: { User: string; Env: string[]; StopSignal: string; Labels: Record<string, string> } },
    ];
    expect(config).toMatchObject({ User: '10001:10001', StopSignal: 'SIGTERM' });
    expect(config.Labels).toMatchObject({
      'org.opencontainers.image.title': 'leadgen-orchestrator',
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.version': '0.0.0-test',
    });
    expect(config.Env.join()).not.toMatch(/npm|key|secret|password|token/i);
    expect(await programs.podman('history', '--no-trunc', IMAGE)).not.toMatch(/registry=/);
  });

  it('holds our bundles and Node, and no TypeScript, test, package of npm or shell beside them', async () => {
    const files = JSON.parse(
      await evaluate(
        `console.log(JSON.stringify(require('node:fs').globSync('/{app,bin,usr,lib,opt,root,src}/**/*')))`,
      ),
    ) as string[];
    expect(files).toEqual(expect.arrayContaining(APPS.map((app) => `/app/dist/apps/${app}/src/main.js`)));
    expect(files).toContain('/app/third-party-licences.txt');
    const unwanted = files.filter(
      (file) =>
        /\.(ts|mts|cts|tsx|node)$|spec\.js$|\/npm(\/|$)|typescript|\/(ba|da)?sh$/.test(file) ||
        /\/node_modules\/(?!@bull-board(\/ui|$)|swagger-ui-dist)./.test(file),
    );
    expect(unwanted).toEqual([]);
  });

  it('knows no failpoint: no environment can end or freeze a process of it', async () => {
    const code = `const fs = require('node:fs'); console.log(fs.globSync('/app/dist/**/*.js').filter((file) => fs.readFileSync(file, 'utf8').includes('LEADGEN_FAILPOINT')).length)`;
    expect(await evaluate(code)).toBe('0');
  });

  it('can write to its data and to /tmp, and nowhere else', async () => {
    const code = `const fs = require('node:fs'); const can = (d) => { try { fs.writeFileSync(d + '/x', ''); return true; } catch { return false; } };
      console.log(['/', '/app', '/usr', '/secrets', '/data', '/tmp'].filter(can).join())`;
    expect(await evaluate(code)).toBe('/data,/tmp');
  });

  it('says which apps there are where another is asked for', async () => {
    const { code, stderr } = await programs.try('podman', ['run', '--rm', ...HARDENED, IMAGE, 'console']);
    expect(code).toBe(78);
    expect(stderr).toContain('api, cli, enrich, export, normalize, vendor-sim');
  });
});

describe('every app of the image, as it is meant to run', () => {
  let redis: TestRedis;
  const started: string[] = [];
  /** One for all: a cell's lists are written under it. */
  const suppressionKey = randomBytes(32).toString('base64');

  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(async () => {
    for (const name of started) await programs.try('podman', ['rm', '--force', '--time=0', name]);
    await redis.stop();
  });

  /** On the machine's own network, where the private Redis is; each with ports of its own. */
  async function start(app: string, index: number): Promise<string> {
    const name = `leadgen-image-test-${app}`;
    const port = (from: number): string => String(from + index);
    const settings = {
      REDIS_URL: redis.url,
      LEADGEN_METRICS_PORT: port(19_464),
      LEADGEN_API_PORT: '19000',
      LEADGEN_SIM_PORT: '19700',
      LEADGEN_API_LINGER_MS: '300',
      ORCHESTRATOR_OFFLINE: '1',
      LEADGEN_SUPPRESSION_KEY: suppressionKey,
      // What a failpoint would need.
      LEADGEN_FAILPOINT: 'enrich.walk:kill',
    };
    const env = Object.entries(settings).map(([variable, value]) => `--env=${variable}=${value}`);
    await programs.try('podman', ['rm', '--force', '--time=0', name]);
    await programs.podman(
      'run',
      '--detach',
      '--name',
      name,
      '--network=host',
      ...HARDENED,
      ...env,
      IMAGE,
      app,
    );
    started.push(name);
    return name;
  }

  async function untilHealthy(name: string): Promise<void> {
    await waitUntil(
      async () => {
        const state = await programs.podman('inspect', '--format={{.State.Status}}', name);
        if (state === 'exited') throw new Error((await programs.try('podman', ['logs', name])).stderr);
        return (await programs.try('podman', ['healthcheck', 'run', name])).code === 0;
      },
      { timeoutMs: 100_000, what: `${name} is healthy` },
    );
  }

  it.each(APPS.map((app, index) => [app, index] as const))(
    '%s: healthy, without a privilege, and away in time with 0',
    async (app, index) => {
      const name = await start(app, index);
      await untilHealthy(name);
      const status = await programs.podman(
        'exec',
        name,
        '/usr/local/bin/node',
        '-p',
        `require('node:fs').readFileSync('/proc/1/status', 'utf8')`,
      );
      const of = (field: string): string[] =>
        (new RegExp(`^${field}:\\s*(.*)$`, 'm').exec(status)?.[1] ?? '').split(/\s+/);
      expect(of('Uid')).toEqual(['10001', '10001', '10001', '10001']);
      for (const set of ['CapEff', 'CapPrm', 'CapBnd', 'CapInh', 'CapAmb'])
        expect(of(set)).toEqual(['0000000000000000']);
      expect([of('NoNewPrivs'), of('Seccomp')]).toEqual([['1'], ['2']]);

      const from = performance.now();
      await programs.podman('stop', '--time=60', name);
      expect(performance.now() - from).toBeLessThan(Number(ENV_CATALOGUE.workers.drainMs.defaultText));
      expect(await programs.podman('inspect', '--format={{.State.ExitCode}}', name)).toBe('0');
    },
    240_000,
  );

  it('is unhealthy where nothing answers', async () => {
    const { code } = await programs.try('podman', [
      'run',
      '--rm',
      ...HARDENED,
      '--network=none',
      '--entrypoint=/usr/local/bin/node',
      IMAGE,
      '/app/health.cjs',
    ]);
    expect(code).toBe(1);
  });
});

describe('docker-compose.yml, run', () => {
  let project: ComposeProject;
  let authorization: string;

  beforeAll(async () => {
    project = await ComposeProject.open(programs, IMAGE, images);
    await project.run('up', '--detach', '--no-build');
  }, 600_000);
  afterAll(() => project.close(), 300_000);

  const ask = (path: string, init: { method?: string; body?: unknown } = {}): Promise<Response> =>
    fetch(`${project.urls.api}${path}`, {
      method: init.method ?? 'GET',
      headers: {
        authorization,
        'content-type': 'application/json',
      },
      ...(init.body !== undefined && { body: JSON.stringify(init.body) }),
    });
  const redisPassword = (): Promise<string> =>
    programs.podman('exec', project.container('redis'), 'cat', '/redis/password');

  it('shows a key of the demo’s tenant in a log, and the description of the API at its one address', async () => {
    await waitUntil(async () => (await project.try('logs', 'demo')).stdout.includes('lg_live_'), {
      timeoutMs: 120_000,
      what: 'the demo’s key is made',
    });
    const [key = ''] = /lg_live_[\w-]+/.exec((await project.try('logs', 'demo')).stdout) ?? [];
    authorization = `Bearer ${key}`;
    const page = await ask('/api/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining('text/html'),
    ]);
    const script = await ask('/api/docs/swagger-ui-bundle.js');
    expect([script.status, (await script.text()).length > 100_000]).toEqual([200, true]);
  });

  it('makes a CSV of leads out of a POST, offline, by the words of docs/compose.md', async () => {
    const docs = await readFile(join(REPOSITORY, 'docs/compose.md'), 'utf8');
    const [, words = ''] = /^```sh skip="needs the containers above"\n([^`]+)```$/m.exec(docs) ?? [];
    expect(words).toContain('format=csv');
    const { code, stdout, stderr } = await project.sh(words);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) as string });
    const [header, ...rows] = stdout.trim().split('\n');
    expect(header).toMatch(/^\W?rank,name,domain,score/);
    expect(rows.map((row) => row.split(',')[1]).sort()).toEqual(['Basecamp', 'Zencoder']);
    expect(await (await ask('/api/orchestrations/first')).json()).toMatchObject({ state: 'completed' });
  });

  it('checks bodies as a checkout does: a rule that a class takes over from another is there, too', async () => {
    const answer = await ask('/api/tenants/me/webhook', { method: 'PUT', body: { url: 5 } });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { detail: string }).detail).toMatch(/url/);
  });

  it('is watched: Prometheus reaches every process, and Alertmanager', async () => {
    const targets = async (): Promise<string[]> => {
      const answer = (await (await fetch(`${project.urls.prometheus}/api/v1/targets`)).json()) as {
        data: { activeTargets: { health: string; labels: { job: string } }[] };
      };
      return answer.data.activeTargets
        .filter(({ health }) => health === 'up')
        .map(({ labels }) => labels.job);
    };
    await waitUntil(async () => new Set(await targets()).size === 4, {
      timeoutMs: 120_000,
      what: 'four jobs are up',
    });
    const rules = (await (await fetch(`${project.urls.prometheus}/api/v1/rules`)).json()) as {
      data: { groups: unknown[] };
    };
    expect(rules.data.groups.length).toBeGreaterThan(0);
    expect((await fetch(`${project.urls.alertmanager}/-/ready`)).status).toBe(200);
  });

  it('keeps its secrets when it is prepared again, and its runs when Redis is started anew', async () => {
    const before = await redisPassword();
    expect(before).toMatch(/^[0-9a-f]{48}$/);
    await project.run('run', '--rm', 'prepare');
    expect(await redisPassword()).toBe(before);
    await project.run('restart', 'redis');
    await waitUntil(async () => (await ask('/api/orchestrations/first')).status === 200, {
      timeoutMs: 60_000,
      what: 'the API answers again',
    });
    expect(await (await ask('/api/orchestrations/first')).json()).toMatchObject({ state: 'completed' });
  });

  it('has no password at all that is not the made one', async () => {
    const answer = await programs.podman('exec', project.container('redis'), 'redis-cli', 'ping');
    expect(answer).toContain('NOAUTH');
  });

  it('stops with every process of ours at 0', async () => {
    await project.run('stop');
    const codes = await Promise.all(
      APPS_OF_COMPOSE.map(async (service) => [
        service,
        await programs.podman('inspect', '--format={{.State.ExitCode}}', project.container(service)),
      ]),
    );
    expect(codes).toEqual(APPS_OF_COMPOSE.map((service) => [service, '0']));
  });
});
