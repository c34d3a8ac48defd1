import { stripVTControlCharacters } from 'node:util';
import type { RunEvent } from '#libs/contracts';
import { runOutput, runRecord } from '../../test/run-record';
import { WrittenLines } from '../../test/written-lines';
import { NdjsonReporter } from './ndjson.reporter';
import { runReport } from './run-report';
import { TerminalReporter } from './terminal.reporter';

const event: RunEvent = {
  id: 3,
  type: 'stage_completed',
  at: '2026-03-01T12:00:00.000Z',
  state: 'running',
  phase: 'normalize',
  message: '12 rows → 9 companies\nand a line break, "quotes" and \u2028 a separator',
};
const accepted = { runId: 'run_1', threadId: undefined, created: true };
const failure = {
  event: 'result' as const,
  exit_code: 2,
  state: 'rejected',
  message: 'short',
  error: { code: 'usage', message: 'what to do' },
};

describe('the lines for machines', () => {
  const stdout = new WrittenLines();
  const stderr = new WrittenLines();

  beforeAll(() => {
    const reporter = new NdjsonReporter(stdout, stderr);
    reporter.note('Starting …');
    reporter.accepted(accepted);
    reporter.event(event);
    reporter.heartbeat(runRecord({ state: 'running' }));
    reporter.result(failure);
  });

  it('are one JSON object each, whatever the text holds; the last is the result', () => {
    const objects = stdout.lines.map((line) => JSON.parse(line) as { event: string });
    expect(objects.map((object) => object.event)).toEqual(['accepted', 'status', 'heartbeat', 'result']);
    expect(objects.at(-1)).toEqual(failure);
  });

  it('carry the status as the API does', () => {
    expect(JSON.parse(stdout.lines[1] ?? '')).toEqual({
      event: 'status',
      id: 3,
      type: 'stage_completed',
      state: 'running',
      status: { phase: 'normalize', message: event.message, updated_at: event.at },
    });
  });

  it('carry no control sequence of a file to the terminal that shows stderr', () => {
    const terminal = new WrittenLines();
    const message = 'no usable column among "\u001b[2Jname\u0007"';
    new NdjsonReporter(new WrittenLines(), terminal).result({
      ...failure,
      error: { code: 'usage', message },
    });
    expect(terminal.lines).toEqual(['leadgen: no usable column among "name"']);
  });

  it('leave notes for people, and what went wrong, to stderr', () => {
    expect(stderr.lines).toEqual(['Starting …', 'leadgen: what to do']);
    expect(stdout.text).not.toContain('Starting');
  });
});

describe('the lines for a person', () => {
  const show = (use: (reporter: TerminalReporter) => void): string => {
    const stdout = new WrittenLines();
    use(new TerminalReporter(stdout));
    return stripVTControlCharacters(stdout.text);
  };

  it('say the phase and what happened', () => {
    expect(show((reporter) => reporter.event({ ...event, message: '9 companies' }))).toBe(
      '✓ normalize 9 companies\n',
    );
    expect(show((reporter) => reporter.event({ ...event, type: 'progress', message: '4 of 9' }))).toContain(
      '• normalize 4 of 9',
    );
  });

  it('hold no control sequence that came from a file or a website', () => {
    const stdout = new WrittenLines();
    const message = 'Evil \u001b]0;title\u0007\u001b[2JGmbH\r\u009b31m';
    new TerminalReporter(stdout).event({ ...event, message });
    const evil = ['\u001b[2J', '\u001b]0', '\u0007', '\r', '\u009b'];
    expect(evil.filter((sequence) => stdout.text.includes(sequence))).toEqual([]);
    expect(stdout.text).toContain('Evil GmbH');
  });

  it('say so when the same request came before', () => {
    expect(show((reporter) => reporter.accepted(accepted))).toBe('Run run_1\n');
    expect(show((reporter) => reporter.accepted({ ...accepted, created: false }))).toContain('came before');
  });

  it('end with what went wrong, or with where the files are', () => {
    expect(show((reporter) => reporter.result(failure))).toBe('rejected: what to do\n');
    const good = {
      event: 'result' as const,
      exit_code: 0,
      state: 'completed',
      run_dir: '/d',
      files: { csv: '/d/leads.csv' },
    };
    expect(show((reporter) => reporter.result(good))).toBe('Files: /d\n  leads.csv\n');
  });
});

describe('the report of a run', () => {
  it('says rows in, matches and cost', () => {
    expect(runReport(runRecord())).toMatch(
      /Input {3}12 rows → 9 companies, 2 merged, 1 rejected\nMatch {3}5 companies matched the profile, 4 enriched\nCost {4}\$1\.23, \$0\.02 saved by the ledger: acme 3 calls \+ 1 from the ledger/,
    );
  });

  it('says of simulated money that it is none', () => {
    const output = runOutput({ simulated: true, cost_micro_usd: 0, simulated_cost_micro_usd: 610_000 });
    expect(runReport(runRecord({ output }))).toContain('Cost    $0.61 simulated, nothing spent');
  });

  it('says what nearly matched, what failed, and that it is simulated', () => {
    const report = runReport(
      runRecord({
        output: runOutput({
          simulated: true,
          nearest_misses: [{ name: 'Almost GmbH', pre_score: 41, missed: ['too small', 'wrong country'] }],
          failed: [{ company_id: 'c_1', name: 'Broken AG', reason: 'the website never answered' }],
        }),
      }),
    );
    expect(report).toMatch(/simulated; persons, addresses, figures and news in the leads are invented/);
    expect(report).toContain('Nearest Almost GmbH: too small; wrong country');
    expect(report).toContain('Trouble Broken AG: the website never answered');
  });

  it('of a run without output is its problem, or where it is', () => {
    const problem = { code: 'internal', message: 'it broke' };
    expect(runReport(runRecord({ output: null, problem }))).toBe('it broke');
    expect(runReport(runRecord({ output: null }))).toBe('Completed: 4 leads');
  });
});
