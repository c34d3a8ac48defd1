import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { addRunOptions, parseRunOptions, type RunOptions } from './run-options';

const UNITS = join(__dirname, '../../../../scripts/systemd');
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

/** What these files export, a later assignment winning, as systemd reads them: blanks between, quotes around a whole one. */
function environmentOf(files: readonly string[], instance = ''): Record<string, string> {
  const lines = files
    .flatMap((file) => readFileSync(join(UNITS, file), 'utf8').split('\n'))
    .filter((line) => line.startsWith('Environment='))
    .map((line) => line.slice('Environment='.length).replaceAll('%i', instance));
  const words = lines.flatMap((line) =>
    [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
      ([, single, double, bare]) => single ?? double ?? bare,
    ),
  );
  return Object.fromEntries(
    words.map((word = '') => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]),
  );
}

/** The run that `scripts/run-orchestrator` of a unit starts. */
function runOf(files: readonly string[], instance?: string): RunOptions {
  Object.assign(process.env, { ORCHESTRATOR_SOURCE: 'cron' }, environmentOf(files, instance));
  const command = addRunOptions(new Command('run')).exitOverride();
  return parseRunOptions(command.parse([], { from: 'user' }).opts());
}

const NIGHTLY = { source: 'cron', tick: { schedule: 'nightly', slot: 'day' }, overlap: 'skip' };

describe('the systemd units', () => {
  it('start the nightly run of their tenant, one a day, never beside an earlier one', () => {
    expect(runOf(['leadgen-nightly.service'])).toMatchObject({
      request: { tenant_id: 'acme', input: 'run full pipeline', thread_id: 'nightly' },
      series: NIGHTLY,
    });
    expect(runOf(['leadgen-nightly@.service'], 'initech')).toMatchObject({
      request: { tenant_id: 'initech' },
      series: NIGHTLY,
    });
  });

  it('take another tenant and payload from the example drop-in', () => {
    const run = runOf(['leadgen-nightly.service', 'leadgen-nightly.service.d/tenant.conf']);
    expect(run).toMatchObject({
      request: {
        tenant_id: 'globex',
        icp: { industries: ['software'], countries: ['DE'] },
        limit: 100,
        budget_micro_usd: 25_000_000,
      },
      companiesFile: '/etc/leadgen/globex.csv',
      series: NIGHTLY,
    });
  });
});
