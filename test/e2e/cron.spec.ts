import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askApi, onlyVendors, runLeadgen, startTestCell, waitUntil, type TestCell } from '#libs/testing';
import { readCrontab, runCronLine, type CronEnded } from './crontab';

const ROOT = join(__dirname, '../..');
const VENDOR = 'tavily';
const COMPANIES = ['Ada Analytics', 'Bolt Beds', 'Core Cranes']
  .map((name, i) => `${name},https://cron-company${i + 1}.com`)
  .join('\n');

interface Shown {
  run_id: string;
  thread_id: string;
  state: string;
  source: string;
  status_history: { phase: string; message: string }[];
  output: {
    leads: number;
    verdicts: { stage: string; duration_ms: number }[];
    usage: { vendor: string; calls: number; cached: number }[];
  };
}

describe('runs that cron starts', () => {
  const table = readCrontab();
  let cell: TestCell;
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'leadgen cron '));
    cell = await startTestCell({
      api: true,
      tenants: { default: { waterfalls: onlyVendors({ find_signals: [VENDOR] }) } },
    });
    // Reached through a link, from a folder with a blank in its name.
    await symlink(ROOT, join(home, 'leadgen'));
    await writeFile(join(home, 'companies.csv'), `name,website\n${COMPANIES}\n`);
    await writeFile(join(home, 'icp.json'), '{}');
    await writeFile(join(home, 'tenants'), '# all of them\nglobex\ninitech\n');
  });
  afterAll(async () => {
    await cell.stop();
    await rm(home, { recursive: true, force: true });
  });

  const logs = (): string => join(home, 'logs');

  /** A line of the crontab (or another command) with its exports, their places being the test's own. */
  const cron = (command: string, env: Readonly<Record<string, string>> = {}): Promise<CronEnded> =>
    runCronLine(
      command.replaceAll('/etc/leadgen/tenants', `'${join(home, 'tenants')}'`),
      {
        ...table.env,
        LEADGEN_HOME: join(home, 'leadgen'),
        LEADGEN_DATA_DIR: cell.dataDir,
        REDIS_URL: cell.redis.url,
        ORCHESTRATOR_OFFLINE: '1',
        ORCHESTRATOR_LOG_DIR: logs(),
        ORCHESTRATOR_ALERT_COMMAND: `printf '%s\\n' "$ORCHESTRATOR_EXIT_CODE $ORCHESTRATOR_SUMMARY" >>'${home}/alerts'`,
        ORCHESTRATOR_COMPANIES: join(home, 'companies.csv'),
        ORCHESTRATOR_ICP_PAYLOAD: `@${join(home, 'icp.json')}`,
        LEADGEN_CHECK_ID: process.env.LEADGEN_CHECK_ID ?? '',
        ...env,
      },
      home,
    );
  const line = (part: RegExp): string => {
    const found = table.entries.filter(({ command }) => part.test(command));
    expect(found).toHaveLength(1);
    return found[0]?.command ?? '';
  };
  /** A tick of a schedule of its own, so that it is not one of another test. */
  const tick = (schedule: string, words = ''): string =>
    `"$LEADGEN_HOME/scripts/run-orchestrator" --tenant-id acme --schedule ${schedule} ${words}`;
  const runsOf = async (tenant: string, thread: string): Promise<{ run_id: string }[]> =>
    ((await askApi(cell, tenant, `?thread_id=${thread}`)) as { data: { run_id: string }[] }).data;
  const vendors = async (verb: string, ...words: string[]): Promise<void> => {
    const ended = await runLeadgen(['vendors', verb, '--vendor', `sim-${VENDOR}`, ...words], cell.env);
    expect(ended.exitCode).toBe(0);
  };

  it('two ticks of the nightly line at once, on two hosts, start one run; both mail one line and exit with its code', async () => {
    const otherHost = {
      LEADGEN_DATA_DIR: join(home, 'b'),
      LEADGEN_STORAGE_DIR: join(cell.dataDir, 'objects'),
    };
    const nightly = line(/--tenant-id acme/);
    const ticks = await Promise.all([cron(nightly), cron(nightly, otherHost)]);
    const [run, ...others] = await runsOf('acme', 'nightly');
    expect(others).toEqual([]);
    for (const { exitCode, mail } of ticks) {
      expect(mail).toEqual([
        expect.stringMatching(new RegExp(`^leadgen acme nightly: completed: .*${String(run?.run_id)}$`)),
      ]);
      expect(exitCode).toBe(0);
    }
  });

  it('such a run is fully visible at /api/orchestrations/{thread_id}: history, stage timings, usage', async () => {
    const shown = (await askApi(cell, 'acme', '/nightly')) as Shown;
    expect(shown).toMatchObject({
      thread_id: 'nightly',
      source: 'cron',
      state: 'completed',
      output: { leads: 3 },
    });
    const phases = [...new Set(shown.status_history.map(({ phase }) => phase))];
    expect(phases).toEqual(['plan', 'normalize', 'shortlist', 'enrich', 'score', 'export', 'summary']);
    expect(shown.output.verdicts.map(({ stage }) => stage)).toEqual([
      'plan',
      'normalize',
      'enrich',
      'export',
    ]);
    const asked = shown.output.usage.find(({ vendor }) => vendor.includes(VENDOR));
    expect((asked?.calls ?? 0) + (asked?.cached ?? 0)).toBeGreaterThan(0);
    const list = (await askApi(cell, 'acme', '?source=cron')) as { data: { run_id: string }[] };
    expect(list.data.map(({ run_id: id }) => id)).toContain(shown.run_id);
  });

  it('each transition of such a run is one greppable line of service=orchestrator in the workers’ logs', async () => {
    const { run_id: runId } = (await askApi(cell, 'acme', '/nightly')) as Shown;
    const lines = cell.apps
      .flatMap((app) => app.log().split('\n'))
      .filter((text) => text.includes('"service":"orchestrator"') && text.includes(`"run_id":"${runId}"`))
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .filter(({ event }) => String(event).startsWith('run_'))
      .sort((a, b) => String(a.time).localeCompare(String(b.time)));
    expect(lines.map(({ event, state }) => [event, state])).toEqual([
      ['run_start', 'running'],
      ['run_complete', 'completed'],
    ]);
    for (const written of lines) {
      expect(written).toMatchObject({
        tenant_id: 'acme',
        thread_id: 'nightly',
        source: 'cron',
        msg: expect.any(String),
      });
    }
    const [log = ''] = await readdir(logs());
    const statuses = (await readFile(join(logs(), log), 'utf8'))
      .split('\n')
      .filter((text) => text.startsWith('{"event":"status",'));
    expect(statuses.length).toBeGreaterThan(5);
  });

  it('the line for a list of tenants runs each of them, and each mails its own line', async () => {
    const { exitCode, mail } = await cron(line(/xargs/));
    expect([...mail].sort()).toEqual([
      expect.stringMatching(/^leadgen globex tenants: completed: /),
      expect.stringMatching(/^leadgen initech tenants: completed: /),
    ]);
    expect(exitCode).toBe(0);
  });

  it('an empty or malformed profile is never used silently as {}: exit 2 with the reason, one line, an alert', async () => {
    const before = (await runsOf('acme', 'refused')).length;
    const ended = await cron(tick('refused', "--icp-payload '{industries:[]'"));
    expect(ended.exitCode).toBe(2);
    expect(ended.mail).toEqual([
      expect.stringMatching(/^leadgen: rejected \(exit 2\): .*\[exit code 2, log .*\.ndjson\]$/),
    ]);
    expect(ended.mail[0]).toMatch(/not valid JSON/);
    expect((await readFile(join(home, 'alerts'), 'utf8')).split('\n').at(-2)).toBe(
      `2 ${String(ended.mail[0])}`,
    );
    expect(await runsOf('acme', 'refused')).toHaveLength(before);
  });

  it('one that is stalled at a cap exits 3, not 0; next night’s tick starts none beside it and exits 3; once the cap is open a tick that waits runs', async () => {
    await vendors('close', '--for', '1h', '--why', 'a rehearsal');
    const companies = join(home, 'others.csv');
    await writeFile(
      companies,
      'name,website\nOther One,https://cron-other1.com\nOther Two,https://cron-other2.com\n',
    );
    const env = { ORCHESTRATOR_COMPANIES: companies };
    const lastNight = await cron(tick('night-25', '--thread-id paused --overlap skip --timeout 8'), env);
    expect(lastNight.mail).toEqual([
      expect.stringMatching(/^leadgen acme paused: paused \(exit 3\): Unfinished \(Paused: /),
    ]);
    expect(lastNight.exitCode).toBe(3);

    const tonight = await cron(tick('night-26', '--thread-id paused --overlap skip'), env);
    expect(tonight.mail).toEqual([
      expect.stringMatching(
        /^leadgen acme paused: paused \(exit 3\): Nothing was started: run run_\w+ .*has not ended \(Paused: /,
      ),
    ]);
    expect(tonight.exitCode).toBe(3);
    expect(await runsOf('acme', 'paused')).toHaveLength(1);

    const waiting = cron(tick('night-27', '--thread-id paused --overlap wait'), env);
    await vendors('reopen');
    expect((await waiting).exitCode).toBe(0);
    expect(await runsOf('acme', 'paused')).toHaveLength(2);
  });

  it('two ticks at once in one folder without REDIS_URL take turns: the second finds the first’s run, and its exit code', async () => {
    const env = { REDIS_URL: '', LEADGEN_DATA_DIR: join(home, 'private') };
    const ticks = await Promise.all([cron(tick('private'), env), cron(tick('private'), env)]);
    const [first, second] = ticks.map(({ mail }) => mail);
    expect(first).toEqual([expect.stringMatching(/^leadgen acme private: completed: /)]);
    expect(second).toEqual(first);
    expect(ticks.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  });

  it('a schedule of the cell starts runs without cron, in the worker that hears of its slot; a person starts one by hand', async () => {
    const schedules = async (verb: string, ...words: string[]): Promise<Record<string, unknown>> => {
      const ended = await runLeadgen(
        ['schedules', verb, '--tenant-id', 'acme', '--name', 'clock', ...words],
        {
          ...cell.env,
          ...(verb === 'add' && { ORCHESTRATOR_ICP_PAYLOAD: '{}' }),
        },
      );
      expect([ended.exitCode, ended.stderr]).toEqual([0, '']);
      return ended.last();
    };
    // Two slots a year: none comes while this is tried.
    const far = ['--cron', '0 3 29 2,6 *', '--time-zone', 'Europe/Berlin', '--limit', '2'];
    await schedules('add', ...far, '--companies', join(home, 'companies.csv'));
    const byHand = (await schedules('run-now')) as { run_id: string };
    await waitUntil(
      async () => ((await askApi(cell, 'acme', `/${byHand.run_id}`)) as Shown).state === 'completed',
      {
        timeoutMs: 60_000,
        what: 'the run by hand has completed',
      },
    );
    expect(await askApi(cell, 'acme', `/${byHand.run_id}`)).toMatchObject({
      source: 'cron',
      thread_id: 'clock',
    });
    await schedules('remove');

    const soon = ['--cron', '*/2 * * * * *', '--limit', '2', '--overlap', 'queue'];
    await schedules('add', ...soon, '--companies', join(home, 'companies.csv'));
    await waitUntil(async () => (await runsOf('acme', 'clock')).length >= 3, {
      timeoutMs: 60_000,
      what: 'two slots have come, one after the end of the other',
    });
    await schedules('pause');
    const { slots } = (await schedules('show')) as {
      slots: { state: string; by: string; run_id: string | null }[];
    };
    const started = slots.filter(({ run_id: id }) => id !== null);
    expect(new Set(started.map(({ run_id: id }) => id)).size).toBe(started.length);
    expect(started.every(({ by }) => by === 'clock')).toBe(true);
    await schedules('remove');
  });

  it('old logs and old folders of runs go, those of yesterday stay', async () => {
    const monthsAgo = new Date(Date.now() - 40 * 86_400_000);
    const runs = join(cell.dataDir, 'objects/runs/acme');
    const standing = await readdir(runs);
    await mkdir(join(runs, 'run_OLD'));
    await utimes(join(runs, 'run_OLD'), monthsAgo, monthsAgo);
    await writeFile(join(logs(), '20200101T000000Z-1.ndjson'), '');
    await utimes(join(logs(), '20200101T000000Z-1.ndjson'), monthsAgo, monthsAgo);
    const kept = (await readdir(logs())).length - 1;
    expect(await cron(line(/^find /))).toEqual({ exitCode: 0, mail: [] });
    expect(await readdir(runs)).toEqual(standing);
    await cron(`${tick('pruning')} --limit none`);
    const names = await readdir(logs());
    expect(names).toHaveLength(kept + 1);
    expect(names).not.toContain('20200101T000000Z-1.ndjson');
  });
});
