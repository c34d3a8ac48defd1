import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { checked, ok, type Finding } from './check';
import { judgeCrontab } from './crontab';
import { doctorSentence, doctorTable } from './doctor-table';
import { judgeAppendOnly, judgeLazyFree, judgeMemory, judgePolicy, judgeSkew, version } from './redis-checks';
import { judgeChat, judgeCronRuns } from './run-checks';
import { judgeOldRoutes } from './settings-checks';

const GB = 1024 ** 3;
const run = (state: 'completed' | 'partial' | 'running') => ({
  run_id: 'run_1',
  state,
  created_at: '2026-11-02T01:30:00Z',
});
const routes = { deprecatedAt: new Date(0), sunsetAt: new Date('2027-01-31'), routes: [] };

describe('a line of the checklist', () => {
  it.each<[string, Finding, Finding['status']]>([
    ['Redis 6.2', version('6.2.0'), 'ok'],
    ['Redis 10', version('10.0.1'), 'ok'],
    ['Redis 6.0', version('6.0.16'), 'fail'],
    ['a Redis that says no version', version(undefined), 'fail'],
    ['an append-only file', judgeAppendOnly('yes'), 'ok'],
    ['memory only', judgeAppendOnly('no'), 'fail'],
    ['no eviction', judgePolicy('noeviction'), 'ok'],
    ['eviction of the least used', judgePolicy('allkeys-lru'), 'fail'],
    ['lazy free', judgeLazyFree('yes'), 'ok'],
    ['no lazy free', judgeLazyFree('no'), 'warn'],
    ['room', judgeMemory(GB, 2 * GB), 'ok'],
    ['no room', judgeMemory(1.6 * GB, 2 * GB), 'fail'],
    ['no limit', judgeMemory(GB, 0), 'warn'],
    ['clocks that agree', judgeSkew(20, 5_000), 'ok'],
    ['clocks a little off', judgeSkew(2_000, 5_000), 'warn'],
    ['a clock with which nothing starts', judgeSkew(5_001, 5_000), 'fail'],
    ['two good nights', judgeCronRuns([run('completed'), run('completed')]), 'ok'],
    ['one good night', judgeCronRuns([run('completed')]), 'warn'],
    ['no night', judgeCronRuns([]), 'warn'],
    ['a night that ended in part', judgeCronRuns([run('completed'), run('partial')]), 'fail'],
    ['a night that goes on', judgeCronRuns([run('running'), run('completed')]), 'fail'],
    ['runs that nobody can see', judgeCronRuns(undefined), 'unknown'],
    ['no chat', judgeChat('0', judgeCronRuns([])), 'ok'],
    ['a chat after two good nights', judgeChat('1', ok('')), 'ok'],
    ['a chat for the house after one', judgeChat('internal', judgeCronRuns([run('completed')])), 'fail'],
    ['a chat where nights cannot be seen', judgeChat('1', judgeCronRuns(undefined)), 'unknown'],
    ['no old routes', judgeOldRoutes({ routes: undefined, gone: false }, 0), 'ok'],
    ['old routes switched off', judgeOldRoutes({ routes, gone: true }, 0), 'ok'],
    [
      'old routes before their sunset',
      judgeOldRoutes({ routes, gone: false }, Date.parse('2027-01-30')),
      'warn',
    ],
    ['old routes after it', judgeOldRoutes({ routes, gone: false }, Date.parse('2027-02-01')), 'fail'],
  ])('%s', (_what, finding, status) => {
    expect(finding.status).toBe(status);
    expect(finding.hint === undefined).toBe(status === 'ok');
  });

  it('that breaks is unknown with its reason, and hides no other', async () => {
    const broken = {
      id: 'broken',
      look: () => {
        throw new Error('no such device');
      },
    };
    expect(await checked([broken, { id: 'whole', look: () => ok('fine') }])).toEqual([
      {
        id: 'broken',
        status: 'unknown',
        found: 'cannot verify from here: no such device',
        hint: 'see the message',
      },
      { id: 'whole', status: 'ok', found: 'fine' },
    ]);
  });
});

const lineOf = (crontab: string): string => crontab.split('\n').at(-1) ?? '';

describe('a crontab', () => {
  const example = [
    'PATH=/usr/bin:/bin',
    'MAILTO=ops@example.com',
    'LEADGEN_DATA_DIR=/var/lib/leadgen',
    '30 1 * * * /opt/leadgen/scripts/run-orchestrator --tenant-id acme --schedule nightly --slot day --overlap skip',
  ].join('\n');

  it('is ok where it is the example', () => {
    const whole = readFileSync(join(__dirname, '../../../../scripts/cron.example'), 'utf8');
    expect(judgeCrontab(whole, whole, 'it')).toMatchObject({ status: 'ok' });
  });

  it('like the example is ok, whatever the tenant and the time', () => {
    const installed = example.replace('acme', 'globex').replace('30 1', '5 4');
    expect(judgeCrontab(installed, example, 'it')).toEqual(
      ok('it: 1 line(s) with run-orchestrator, as in the example'),
    );
  });

  it.each<[string, string, Finding['status'], RegExp]>([
    ['that starts nothing fails', 'PATH=/bin\n', 'fail', /has no line with run-orchestrator/],
    ['whose line is a remark fails', example.replace('30 1', '# 30 1'), 'fail', /has no line/],
    ['without a guard is warned of', example.replace(' --overlap skip', ''), 'warn', /lacks .*: --overlap$/],
    [
      'with a day that never comes fails',
      example.replace('30 1 * * *', '30 1 31 2 *'),
      'fail',
      /cron never comes to "30 1 31 2 \*"/,
    ],
    ['with a field too few fails', example.replace('30 1 * * *', '30 1 * *'), 'fail', /cron never comes to/],
    [
      'with an hour that there is not fails',
      example.replace('30 1 * * *', '30 25 * * *'),
      'fail',
      /cron never comes to/,
    ],
    [
      'that starts a run at every boot fails',
      example.replace('30 1 * * *', '@reboot'),
      'fail',
      /@reboot is no night/,
    ],
    [
      'of a user that names one fails',
      example.replace('* * * /opt', '* * * leadgen /opt'),
      'fail',
      /"leadgen" is taken for a program/,
    ],
    [
      'with a % in its command fails',
      example.replace('--slot day', '--thread-id $(date +%F) --slot day'),
      'fail',
      /a % without a backslash/,
    ],
    [
      'with two lines for one schedule fails',
      `${example}\n${lineOf(example).replace('30 1', '30 2')}\n`,
      'fail',
      /two lines are for schedule nightly of acme/,
    ],
    [
      'with a line for each of two tenants is ok',
      `${example}\n${lineOf(example).replace('acme', 'globex')}\n`,
      'ok',
      /2 line/,
    ],
    ['without mail is warned of', example.replace(/MAILTO.*\n/, ''), 'warn', /lacks .*: MAILTO$/],
  ])('%s', (_what, installed, status, found) => {
    expect(judgeCrontab(installed, example, 'it')).toMatchObject({
      status,
      found: expect.stringMatching(found) as string,
    });
  });
});

describe('a crontab of the system', () => {
  const example = readFileSync(join(__dirname, '../../../../scripts/cron.example'), 'utf8');
  const of = (text: string): Finding => judgeCrontab(text, example, '/etc/cron.d/leadgen');

  it('has a user in each line, and fails without', () => {
    expect(of(example)).toMatchObject({
      status: 'fail',
      found: expect.stringMatching(/has the user/) as string,
    });
    expect(
      of(example.replace('30 1 * * *', '30 1 * * * leadgen').replace('15 2 * * *', '15 2 * * * leadgen')),
    ).toMatchObject({
      status: 'ok',
    });
  });
});

describe('the checklist', () => {
  const lines = [
    { id: 'node', status: 'ok', found: 'Node 24' },
    { id: 'redis', status: 'fail', found: 'down\u001b[2J', hint: 'start it' },
  ] as const;

  it('is a line each, with what to do below what is not ok, and counts', () => {
    // With colours, too: jest tells its workers to show them where its own output has some.
    const text = stripVTControlCharacters(doctorTable(lines));
    expect(text).toMatch(/✓ node +Node 24\n.*✗ redis +down\n.*→ start it/);
    expect(doctorSentence(lines)).toBe('1 ok, 0 warn, 1 fail, 0 unknown; failed: redis');
  });
});
