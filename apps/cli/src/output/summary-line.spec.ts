import { summaryLine } from './summary-line';

const result = {
  event: 'result',
  exit_code: 0,
  state: 'completed',
  tenant_id: 'acme',
  thread_id: 'nightly',
  run_id: 'run_01J8ZC4N5Q6R7S8T9VWXYZ0123',
  message: '25 leads of 25 companies',
  cost_usd: '1.24',
} as const;

describe('the line that cron mails', () => {
  it('says whose run it was, how it ended, what it came to and cost, and which it was', () => {
    expect(summaryLine(result)).toBe(
      'leadgen acme nightly: completed: 25 leads of 25 companies; $1.24; run_01J8ZC4N5Q6R7S8T9VWXYZ0123',
    );
  });

  it('of what went wrong has the exit code and the reason', () => {
    const error = { code: 'input_not_found', message: '--companies a.csv: there is no such file' };
    expect(summaryLine({ event: 'result', exit_code: 2, state: 'rejected', message: 'x', error })).toBe(
      'leadgen: rejected (exit 2): --companies a.csv: there is no such file',
    );
  });

  it('stays one line, without control characters, whatever a file or a vendor has put into a message', () => {
    const line = summaryLine({ ...result, message: 'two\nlines\u001b[2J and a bell\u0007' });
    expect(line).toContain('two lines and a bell');
    expect(line).not.toMatch(/\p{Cc}/u);
  });
});
