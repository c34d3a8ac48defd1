import { readFile } from 'node:fs/promises';
import { plainCompaniesCsv, runLeadgen, startTestCell, THREE_STEPS, waitUntil } from '#libs/testing';
import { COMPANIES, expectEveryCompanyOnce, runCompanies } from './company-run';

describe('an enrich worker killed while it moves a company into a lane, or back', () => {
  it.each([
    ['the next job is named and not added', 'enrich.after_move:kill:30'],
    ['the next job is added and the one at hand not done', 'enrich.after_hop:kill:30'],
  ])('%s: every company once', async (_when, failpoint) => {
    const count = 80;
    const cell = await startTestCell({ tenants: THREE_STEPS, workers: { enrich: 0 } });
    try {
      const victim = await cell.start('enrich', { LEADGEN_FAILPOINT: failpoint });
      const finished = runCompanies(cell, plainCompaniesCsv(count));
      expect(await victim.exited).toBe('SIGKILL');
      await cell.start('enrich');
      expectEveryCompanyOnce(await finished, count);
    } finally {
      await cell.stop();
    }
  });
});

describe('a normalize worker frozen by SIGSTOP', () => {
  it('adds nothing when it wakes after another has finished', async () => {
    const cell = await startTestCell({ tenants: THREE_STEPS, workers: { normalize: 0 } });
    try {
      const frozen = await cell.start('normalize', { LEADGEN_FAILPOINT: 'normalize.before_add:stop' });
      const finished = runCompanies(cell);
      await waitUntil(() => isStopped(frozen.pid), { timeoutMs: 30_000, what: 'normalize is frozen' });
      await cell.start('normalize');
      expectEveryCompanyOnce(await finished);

      frozen.signal('SIGCONT');
      await waitUntil(() => frozen.log().includes('fenced_out'), {
        timeoutMs: 30_000,
        what: 'the woken worker notices that it was fenced out',
      });
      const again = await runLeadgen(
        ['status', '--tenant-id', 'acme', '--run-id', String((await finished).last.run_id)],
        cell.env,
      );
      expect(again.last()).toMatchObject({ state: 'completed', candidates: COMPANIES, leads: COMPANIES });
    } finally {
      await cell.stop();
    }
  });
});

async function isStopped(pid: number): Promise<boolean> {
  return (await readFile(`/proc/${pid}/stat`, 'utf8')).includes(' T ');
}
