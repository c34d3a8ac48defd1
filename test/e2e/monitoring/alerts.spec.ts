import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import {
  askApi,
  hasEnded,
  onlyVendors,
  postRun,
  runLeadgen,
  scrapeAll,
  startTestCell,
  untilRun,
  waitUntil,
  websitesOf,
  type TestCell,
} from '#libs/testing';
import { RedisGateOperations } from '#libs/vendor-gate';
import { dashboardLines } from '../../architecture/monitoring/dashboards';
import { reopenVendor } from '../reopen-vendor';
import { LiveMonitoring } from './live-monitoring';

const FULL = process.env.LEADGEN_FULL === '1';
/** From the fault until the receiver knows. */
const TOLD_MS = 60_000;
/** From its end until the receiver knows that: rates fall when their stretch has passed. */
const ENDED_MS = 120_000;
const FAULTY = 'apollo';
const DOUBTED = 'hunter';
const CLOSED = 'zerobounce';
/** A tenant whose run waits for a vendor that is closed, and so stays active. */
const HELD = 'held';
/** A tenant whose files are on a small disk, and a vendor that its run waits for until that is full. */
const STUFFED = 'stuffed';
const LATE = 'tavily';
const DISK_BYTES = 1_000_000;

let cell: TestCell;
let monitoring: LiveMonitoring;
let redis: RedisClient;
let operations: RedisGateOperations;

beforeAll(async () => {
  cell = await startTestCell({
    api: true,
    appendOnly: true,
    tenants: {
      default: {
        waterfalls: onlyVendors({
          crawl_website: ['web'],
          enrich_company: [FAULTY],
          read_profile: ['openai'],
          find_contacts: [DOUBTED],
        }),
      },
      [STUFFED]: { waterfalls: onlyVendors({ find_signals: [LATE] }) },
      [HELD]: { waterfalls: onlyVendors({ find_contacts: [DOUBTED], verify_email: [CLOSED] }) },
    },
    env: { LEADGEN_METRICS_PORT: '0', LEADGEN_LOG_LEVEL: 'warn' },
  });
  // A key cannot be made while Redis is away.
  await cell.authorization('acme');
  monitoring = await LiveMonitoring.start(cell);
  redis = createRedis(cell.redis.url, workerConnectionOptions());
  await redis.connect();
  operations = new RedisGateOperations(redis, new CellKeys('main'));
});
afterAll(async () => {
  await cell.stop();
  await monitoring.stop();
  await closeRedis(redis);
});

const fires = (alert: string, labels: Readonly<Record<string, string>> = {}) =>
  monitoring.untilTold(alert, 'firing', { timeoutMs: TOLD_MS, labels });
const ends = (alert: string, labels: Readonly<Record<string, string>> = {}) =>
  monitoring.untilTold(alert, 'resolved', { timeoutMs: ENDED_MS, labels });

describe('somebody is told within a minute, and told again when it is over, that', () => {
  it('Redis was killed', async () => {
    await cell.redis.kill9();
    const told = await fires('LeadgenRedisDown');
    expect(told).toMatchObject({
      receiver: 'pages',
      labels: { severity: 'page', owner: 'platform', cell: 'main' },
      annotations: {
        summary: 'Redis does not answer in cell main',
        runbook_url: 'docs/runbooks/LeadgenRedisDown.md',
      },
    });
    await expect(askApi(cell, 'acme', '')).rejects.toThrow('503');
    await cell.redis.startAgain();
    await ends('LeadgenRedisDown');
  });

  if (FULL) {
    it('the last worker of a stage was killed', async () => {
      const [worker] = cell.apps.filter(({ name }) => name === 'export');
      worker?.signal('SIGKILL');
      const told = await fires('LeadgenWorkersAbsent', { stage: 'export' });
      expect(told).toMatchObject({ receiver: 'pages', annotations: { summary: /export/ } });
      await cell.start('export');
      await monitoring.follow(cell);
      await ends('LeadgenWorkersAbsent', { stage: 'export' });
    });

    it('Redis has used up its memory', async () => {
      const [, used = '0'] = /used_memory:(\d+)/.exec(await redis.info('memory')) ?? [];
      await redis.config('SET', 'maxmemory', Math.round(Number(used) / 0.88));
      expect(await fires('LeadgenRedisMemoryFull')).toMatchObject({ receiver: 'pages' });
      await redis.config('SET', 'maxmemory', 0);
      await ends('LeadgenRedisMemoryFull');
      expect(monitoring.told.filter(({ labels }) => labels.alertname === 'LeadgenRedisEvicts')).toEqual([]);
    });

    it('a vendor fails', async () => {
      await cell.control('POST', 'faults', { vendor: FAULTY, kind: 'server_error', ratio: 0.5 });
      await postRun(cell, { tenant: 'acme', websites: websitesOf('faulty', 40) });
      expect(await fires('LeadgenVendorErrors', { vendor: FAULTY })).toMatchObject({ receiver: 'tickets' });
      await cell.control('DELETE', 'faults');
      await ends('LeadgenVendorErrors', { vendor: FAULTY });
    });

    it('calls are in doubt', async () => {
      await operations.close(`sim-${CLOSED}`, 3_600_000, 'for the test');
      await cell.control('POST', 'faults', { vendor: DOUBTED, kind: 'reset', count: 1 });
      await postRun(cell, { tenant: HELD, websites: websitesOf('doubted', 8) });
      expect(await fires('LeadgenCallsInDoubt')).toMatchObject({ receiver: 'tickets' });
      for (const { doubtId } of await operations.doubtNames(HELD)) {
        await operations.resolveDoubt(HELD, doubtId, 'bought');
      }
      await ends('LeadgenCallsInDoubt');
    });

    it('a vendor is closed for long; and every line of every dashboard shows something meanwhile', async () => {
      await fires('LeadgenVendorClosed', { vendor: CLOSED, credential: 'platform' });
      await startAsCron();
      await askApi(cell, 'acme', '');
      expect(await linesNotDrawn()).toEqual([]);
      await reopenVendor(cell, CLOSED);
      await ends('LeadgenVendorClosed', { vendor: CLOSED, credential: 'platform' });
    });

    it('the disk that exports go to is full; the run that met it completes once there is room', async () => {
      const folder = join(cell.dataDir, 'objects/runs', STUFFED);
      await mkdir(folder, { recursive: true });
      mountSmallDisk(folder);
      try {
        await operations.close(`sim-${LATE}`, 3_600_000, 'for the test');
        const run = await postRun(cell, { tenant: STUFFED, websites: websitesOf('stuffed', 3) });
        await untilRun(cell, run, ({ state }) => state === 'paused', {
          what: 'its export is all that is left',
        });
        const filler = join(folder, 'filler');
        await expect(writeFile(filler, Buffer.alloc(2 * DISK_BYTES))).rejects.toThrow('ENOSPC');
        await reopenVendor(cell, LATE);
        const exporters = cell.apps.filter(({ name }) => name === 'export');
        const full = { sink: 'csv', reason: 'disk_full' };
        await waitUntil(
          async () => (await scrapeAll(exporters.slice(-1))).sum('leadgen_exports_failed_total', full) > 0,
          { timeoutMs: TOLD_MS, what: 'an export has met the full disk', everyMs: 100 },
        );
        await rm(filler);
        const told = await fires('LeadgenExportDiskFull', { sink: 'csv' });
        expect(told).toMatchObject({ receiver: 'pages', labels: { owner: 'platform' } });
        expect(await untilRun(cell, run, hasEnded)).toMatchObject({ state: 'completed' });
        await ends('LeadgenExportDiskFull', { sink: 'csv' });
      } finally {
        expect(spawnSync('umount', ['--lazy', folder]).status).toBe(0);
      }
    });
  }
});

/** A file system of 1 MB in place of the folder. Throws where this process may not mount one. */
function mountSmallDisk(folder: string): void {
  const { status, stderr } = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${DISK_BYTES}`,
    'leadgen-test',
    folder,
  ]);
  if (status !== 0) throw new Error(`a full disk needs a mount, run this as root: ${String(stderr)}`);
}

/** A run of a schedule, to its end. */
async function startAsCron(): Promise<void> {
  const words = ['run', '--tenant-id', 'acme', '--source', 'cron', '--schedule', 'nightly', '--limit', '2'];
  const { exitCode, stderr } = await runLeadgen(
    [...words, '--companies', 'samples/companies.csv', '--icp-payload', '{}'],
    cell.env,
  );
  if (exitCode !== 0) throw new Error(`cron's run ended with ${exitCode}: ${stderr}`);
}

/** Lines of dashboards for which Prometheus has no series; it may take a few looks until all that happened is told. */
async function linesNotDrawn(): Promise<string[]> {
  let empty: string[] = [];
  const look = async (): Promise<boolean> => {
    empty = [];
    for (const { dashboard, panel, legend, expr } of dashboardLines()) {
      const samples = await monitoring.query(expr);
      if (samples.length === 0) empty.push(`${dashboard}, ${panel}: ${legend}`);
    }
    return empty.length === 0;
  };
  await waitUntil(look, { timeoutMs: TOLD_MS, what: 'every line is drawn', everyMs: 1_000 }).catch(
    (error: unknown) => {
      throw new Error(`nothing is drawn by ${empty.join('; ')}`, { cause: error });
    },
  );
  return empty;
}
