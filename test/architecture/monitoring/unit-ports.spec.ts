import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { STAGES } from '#libs/contracts';
import { readRepositoryFile, REPOSITORY } from '../repository';

interface Scrape {
  job_name: string;
  static_configs: { targets: string[]; labels: Record<string, string> }[];
}

const WORKERS = Object.keys(STAGES);
/** In place of Node: says how it was started. */
const TELLING_NODE = '#!/bin/sh\necho "$LEADGEN_METRICS_PORT $3 $*"\n';

/** A checkout with nothing in it but the script of the workers' unit. */
let checkout: string;
beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'leadgen-units-'));
  cpSync(join(REPOSITORY, 'scripts/systemd'), join(checkout, 'scripts/systemd'), { recursive: true });
  mkdirSync(join(checkout, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(checkout, 'node_modules/.bin/node'), TELLING_NODE);
  chmodSync(join(checkout, 'node_modules/.bin/node'), 0o755);
});
afterAll(() => rmSync(checkout, { recursive: true }));

/** What `leadgen-worker@<worker>` would start. */
function started(
  worker: string,
  env: Record<string, string> = {},
): { status: number | null; port: string; main: string; stderr: string } {
  const [, command = '', argument] =
    /^ExecStart=\/opt\/leadgen\/(\S+) (%i)$/m.exec(readUnit('leadgen-worker@')) ?? [];
  expect(argument).toBe('%i');
  const { status, stdout, stderr } = spawnSync(join(checkout, command), [worker], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', ...env },
  });
  const [port = '', main = ''] = stdout.split(' ');
  return { status, port, main: main.replace(`${checkout}/`, ''), stderr };
}

function readUnit(name: string): string {
  return readRepositoryFile(`scripts/systemd/${name}.service`);
}

function scraped(): Map<string, string[]> {
  const { scrape_configs: jobs } = parse(readRepositoryFile('ops/prometheus/systemd.yml')) as {
    scrape_configs: Scrape[];
  };
  return new Map(
    jobs.map(({ job_name: job, static_configs: configs }) => [
      job,
      configs.flatMap(({ targets }) => targets),
    ]),
  );
}

describe('the units that stay', () => {
  it('are asked by Prometheus at the loopback port that each has of its own', () => {
    const [, api] = /^Environment=LEADGEN_METRICS_PORT=(\d+)$/m.exec(readUnit('leadgen-api')) ?? [];
    // Alerts and dashboards know processes by their job.
    const ports = [['api', api], ...WORKERS.map((worker) => [worker, started(worker).port])];
    expect(Object.fromEntries(scraped())).toEqual(
      Object.fromEntries(ports.map(([job, port]) => [job, [`127.0.0.1:${port}`]])),
    );
  });

  it('start the worker of their stage', () => {
    for (const stage of WORKERS) {
      expect(started(stage)).toMatchObject({ status: 0, main: `dist/apps/${stage}/src/main.js` });
      expect(started(`${stage}-12`)).toMatchObject({ status: 0, main: `dist/apps/${stage}/src/main.js` });
    }
  });

  it('do not meet on a port, however many there are of a stage', () => {
    const names = WORKERS.flatMap((stage) => [stage, `${stage}-2`, `${stage}-3`, `${stage}-10`]);
    const ports = names.map((name) => started(name).port);
    expect(new Set(['9464', ...ports]).size).toBe(names.length + 1);
    expect(started('enrich-2').port).toBe('9476');
  });

  it('leave a port that a drop-in has given one of them', () => {
    expect(started('export', { LEADGEN_METRICS_PORT: '9999' }).port).toBe('9999');
  });

  it.each(['', 'enrich-', 'enrich-0', 'enrich-02', 'enrich-two', 'api', 'enrich/x'])(
    'are none for @%s: it ends with 78 and says which there are',
    (worker) => {
      expect(started(worker)).toMatchObject({
        status: 78,
        stderr: expect.stringMatching(/is no worker: normalize, enrich or export/) as string,
      });
    },
  );
});
