import { plainCompaniesCsv, startTestCell, THREE_STEPS, type TestCell } from '#libs/testing';
import { expectEveryCompanyOnce, runCompanies } from './company-run';

/** Before which settlement of a call the enrich worker dies: one moment, or in the long round many. */
const MOMENTS = process.env.LEADGEN_FULL === '1' ? [1, 60, 150, 300, 450, 600] : [150];

describe('a worker killed by SIGKILL in a run of 200 companies', () => {
  let cell: TestCell;

  afterEach(() => cell.stop());

  it.each([
    ['normalize', 'before its children are added', 'normalize.before_add:kill'],
    ['normalize', 'after its children are added', 'normalize.after_add:kill'],
    ['export', 'before the sink', 'export.before_sink:kill'],
    ['export', 'after the sink', 'export.after_sink:kill'],
  ] as const)('%s, %s: every company once', async (stage, _when, failpoint) => {
    cell = await startTestCell({ tenants: THREE_STEPS, workers: { [stage]: 0 } });
    const victim = await cell.start(stage, { LEADGEN_FAILPOINT: failpoint });
    const finished = runCompanies(cell);
    expect(await victim.exited).toBe('SIGKILL');
    await cell.start(stage);
    expectEveryCompanyOnce(await finished);
  });

  it('normalize, two of three chunks of children added: every company once', async () => {
    const count = 1_200;
    cell = await startTestCell({ tenants: THREE_STEPS, workers: { normalize: 0 } });
    const victim = await cell.start('normalize', { LEADGEN_FAILPOINT: 'normalize.after_add:kill:2' });
    const finished = runCompanies(cell, plainCompaniesCsv(count, { websites: false }));
    expect(await victim.exited).toBe('SIGKILL');
    await cell.start('normalize');
    expectEveryCompanyOnce(await finished, count);
  });

  it.each(MOMENTS)(
    'enrich, before its call no. %i is settled: every company once, what is in doubt is said',
    async (moment) => {
      cell = await startTestCell({ tenants: THREE_STEPS, workers: { enrich: 0 } });
      const victim = await cell.start('enrich', { LEADGEN_FAILPOINT: `enrich.before_settle:kill:${moment}` });
      const finished = runCompanies(cell);
      expect(await victim.exited).toBe('SIGKILL');
      await cell.start('enrich');
      const { last, ...rest } = await finished;
      expectEveryCompanyOnce({ last, ...rest });
      const failed = last.failed as { reason: string }[];
      expect(failed.filter(({ reason }) => !reason.includes('in doubt'))).toEqual([]);
    },
  );
});
