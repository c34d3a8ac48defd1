import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { ENV_CATALOGUE, loadSettings } from '#libs/config';
import { STAGES } from '#libs/contracts';
import { RULES } from '../monitoring/alert-rules';
import { readRepositoryFile, REPOSITORY } from '../repository';
import { readComposeFile, seconds, withDefaults, type ComposeService } from './compose-file';

const file = readComposeFile();
const services = Object.entries(file.services);
const ours = services.filter(([, { image }]) => image.includes('LEADGEN_IMAGE'));
interface Variable {
  name: string;
  secret?: boolean;
}

const CATALOGUE = Object.values(ENV_CATALOGUE).flatMap((concern) => Object.values<Variable>(concern));
const KNOWN_VARIABLES = new Set(
  CATALOGUE.flatMap(({ name, secret }) => (secret ? [name, `${name}_FILE`] : [name])),
);
const once = (service: ComposeService): boolean => service.restart === 'no';

describe('docker-compose.yml', () => {
  it('has every process of a cell, what watches it, and Redis', () => {
    expect(Object.keys(file.services)).toEqual(
      expect.arrayContaining([
        'api',
        ...Object.keys(STAGES),
        'redis',
        'simulator',
        'prometheus',
        'alertmanager',
        'grafana',
      ]),
    );
    expect(ours.length).toBeGreaterThan(6);
  });

  describe.each(services)('%s', (_name, service) => {
    it('runs without root, without capabilities, and on a root that cannot be written', () => {
      expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
      expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'] });
      expect(service.security_opt).toContain('no-new-privileges:true');
      expect([service.privileged, service.cap_add, service.network_mode === 'host']).toEqual([
        undefined,
        undefined,
        false,
      ]);
    });

    it('has an image by a version that does not move, which can be replaced by another', () => {
      expect(service.image).toMatch(/^\$\{[A-Z]+_IMAGE:-[^}]+\}$/);
      expect(withDefaults(service.image)).toMatch(/^[a-z/]+:(?!latest$)[\w.-]+$/);
    });

    it('is bounded in memory, processor and processes, and so is its log', () => {
      expect(service.mem_limit).toMatch(/^\d+[mg]$/);
      expect(service.cpus).toBeGreaterThan(0);
      expect(service.pids_limit).toBeGreaterThan(0);
      expect(service).toMatchObject({ logging: { options: { 'max-size': expect.any(String) } } });
    });

    it('publishes no port but on loopback', () => {
      for (const port of service.ports ?? []) expect(withDefaults(port)).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
    });

    it('says whether it is well, or ends by itself', () => {
      const { healthcheck } = service;
      if (once(service)) expect(healthcheck).toEqual({ disable: true });
      else expect(healthcheck?.test?.[0]).toMatch(/^CMD(-SHELL)?$/);
    });

    it('mounts only what there is, and nothing of the machine that it could write', () => {
      for (const volume of service.volumes ?? []) {
        const [source = '', , mode] = volume.split(':');
        if (!source.startsWith('.')) {
          expect(Object.keys(file.volumes)).toContain(source);
          continue;
        }
        expect(existsSync(join(REPOSITORY, source))).toBe(true);
        expect(mode).toBe('ro');
      }
    });
  });

  describe.each(ours)('%s, of our image', (_name, service) => {
    it('is given settings that there are', () => {
      const unknown = Object.keys(service.environment ?? {}).filter((name) => !KNOWN_VARIABLES.has(name));
      expect(unknown).toEqual([]);
    });

    it('is given settings whose values are taken', () => {
      const { environment = {} } = service;
      const readable = Object.entries(environment).filter(([name]) => !name.endsWith('_FILE'));
      expect(() => loadSettings(Object.fromEntries(readable))).not.toThrow();
    });

    it('has the time that a drain may take, and to spare', () => {
      const drainMs = Number(ENV_CATALOGUE.workers.drainMs.defaultText);
      expect(seconds(service.stop_grace_period ?? '')).toBeGreaterThan(drainMs / 1000 + 5);
    });

    it('starts when Redis is well, where it needs it', () => {
      if (service.environment?.REDIS_URL_FILE === undefined) return;
      const conditions = Object.values(service.depends_on ?? {}).map(({ condition }) => condition);
      expect(conditions.length).toBeGreaterThan(0);
      expect(conditions).not.toContain('service_started');
    });
  });

  it('keeps Redis off every network that leads out, and publishes nothing of it', () => {
    const { redis, simulator, prepare } = file.services;
    expect(file.networks.cell).toEqual({ internal: true });
    expect([redis?.networks, redis?.ports]).toEqual([['cell'], undefined]);
    expect([simulator?.networks, simulator?.ports]).toEqual([['cell'], undefined]);
    expect(prepare?.network_mode).toBe('none');
  });

  it('holds no password, and hands out none: each is made at the first start', () => {
    const text = readRepositoryFile('docker-compose.yml');
    expect(text).not.toMatch(/(PASSWORD|SECRET|_KEY)\s*:/);
    expect(text).not.toMatch(/requirepass|redis:\/\//);
    const prepare = readRepositoryFile('ops/image/prepare-cell.cjs');
    expect(prepare).toContain('randomBytes');
    for (const setting of ['requirepass', 'appendonly yes', 'maxmemory-policy noeviction']) {
      expect(prepare).toContain(setting);
    }
  });

  it('serves metrics where ops/prometheus looks for them', () => {
    const prometheus = readRepositoryFile('ops/prometheus/prometheus.yml');
    const looked = [
      ...prometheus.matchAll(
        /job_name: (\w+)\n +dns_sd_configs: \[\{ names: \[(\w+)\], type: A, port: (\d+)/g,
      ),
    ].map(([, job, name, port]) => {
      // Alerts and dashboards know processes by their job.
      expect(job).toBe(name);
      return [name, port];
    });
    expect(looked.map(([name]) => name).sort()).toEqual(['api', ...Object.keys(STAGES)].sort());
    for (const [name = '', port] of looked) {
      expect(file.services[name]?.environment).toMatchObject({
        LEADGEN_METRICS_PORT: port,
        LEADGEN_METRICS_HOST: '0.0.0.0',
      });
    }
    expect(prometheus).toContain('targets: [alertmanager:9093]');
  });
});

/** Where each file of a service is on this side. */
function mounted(service: ComposeService | undefined): Map<string, string> {
  return new Map(
    (service?.volumes ?? []).map((volume) => {
      const [source = '', target = ''] = volume.split(':');
      return [target, source];
    }),
  );
}

describe('what docker-compose.yml watches a cell by', () => {
  it('are the rules that are held against the metric catalogue', () => {
    const { prometheus } = file.services;
    expect(mounted(prometheus).get('/etc/prometheus')).toBe('./ops/prometheus');
    expect(prometheus?.command).toContain('--config.file=/etc/prometheus/prometheus.yml');
    const { rule_files: rules } = parse(readRepositoryFile('ops/prometheus/prometheus.yml')) as {
      rule_files: string[];
    };
    expect(rules).toEqual([basename(RULES)]);
    expect(dirname(RULES)).toBe('ops/prometheus');
  });

  it('are the dashboards that are held against the metric catalogue, where Grafana looks for them', () => {
    const { grafana } = file.services;
    expect(mounted(grafana).get('/etc/grafana/provisioning')).toBe('./ops/grafana/provisioning');
    const { providers } = parse(readRepositoryFile('ops/grafana/provisioning/dashboards/leadgen.yml')) as {
      providers: { options: { path: string } }[];
    };
    expect(providers.map(({ options }) => mounted(grafana).get(options.path))).toEqual([
      './ops/grafana/dashboards',
    ]);
  });

  it('are alerts that go to the Alertmanager whose configuration is checked', () => {
    expect(mounted(file.services.alertmanager).get('/etc/alertmanager')).toBe('./ops/alertmanager');
    expect(file.services.alertmanager?.command).toContain('--config.file=/etc/alertmanager/alertmanager.yml');
  });
});

describe('Dockerfile', () => {
  const text = readRepositoryFile('Dockerfile');
  const runtime = text.slice(text.lastIndexOf('\nFROM '));

  it('builds from images that can be replaced, by versions that do not move far', () => {
    expect([...text.matchAll(/^FROM (\S+)/gm)].map(([, from]) => from)).toEqual([
      '${NODE_IMAGE}',
      '${BASE_IMAGE}',
    ]);
    for (const [, image] of text.matchAll(/^ARG \w+_IMAGE=(\S+)$/gm))
      expect(image).toMatch(/^[a-z]+:(?!latest)[\w.-]+$/);
  });

  it('ends in an image that needs no shell and no root', () => {
    expect(runtime).not.toMatch(/^RUN /m);
    for (const instruction of ['ENTRYPOINT', 'CMD', 'HEALTHCHECK']) {
      expect(runtime).toMatch(new RegExp(`^${instruction} .*\\["`, 'm'));
    }
    expect(runtime).toMatch(/^USER 10001:10001$/m);
    expect(runtime).toMatch(/^STOPSIGNAL SIGTERM$/m);
  });

  it('copies nothing from the checkout but what .dockerignore lets through, and no tests', () => {
    const ignored = readRepositoryFile('.dockerignore').split('\n');
    expect(ignored.find((line) => line !== '' && !line.startsWith('#'))).toBe('*');
    expect(ignored).toEqual(expect.arrayContaining(['**/*.spec.ts', '**/*.medium-spec.ts', '**/*.env']));
    expect(runtime).not.toMatch(/^COPY (?!--from=build)/m);
  });

  it('lets through every script that the build runs', () => {
    const { scripts } = JSON.parse(readRepositoryFile('package.json')) as { scripts: Record<string, string> };
    const allowed = readRepositoryFile('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const run = new Set<string>();
    const follow = (text: string, folder: string): void => {
      const named = [...text.matchAll(/\bscripts\/[\w/-]+\.mjs\b/g)].map(([path]) => path);
      const imported = [...text.matchAll(/ from '(\.[^']+\.mjs)'/g)].map(([, path = '']) =>
        join(folder, path),
      );
      for (const path of [...named, ...imported].filter((found) => !run.has(found))) {
        run.add(path);
        follow(readRepositoryFile(path), dirname(path));
      }
    };
    follow(scripts.bundle ?? '', '.');
    expect(run.size).toBeGreaterThan(4);
    const shut = [...run].filter(
      (path) => !allowed.some((open) => path === open || path.startsWith(`${open}/`)),
    );
    expect(shut).toEqual([]);
  });

  it('sets what there is to set', () => {
    const [, block = ''] = /\nENV ((?:.*\\\n)*.*)/.exec(runtime) ?? [];
    const names = [...block.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name);
    expect(names.filter((name) => name !== 'NODE_ENV' && !KNOWN_VARIABLES.has(name ?? ''))).toEqual([]);
    expect(names).toContain('LEADGEN_METRICS_PORT');
  });
});
