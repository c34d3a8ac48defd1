import type { RehearsalPlan } from './rehearsal-plan';
import { rehearsalVerdict, type RehearsedRun, type VendorBooks } from './rehearsal-verdict';

const PLAN: RehearsalPlan = {
  vendor: 'sonar',
  op: 'find_email',
  waterfalls: { find_email: ['sonar'] },
  cap: 10,
  windowMs: 60_000,
  kind: 'sliding',
  companies: 25,
  tenants: 1,
  timeoutMs: 1_000,
};
const RUN: RehearsedRun = {
  tenant: 'one',
  state: 'completed',
  companies: 25,
  pauses: 2,
  resumes: 2,
  pauseMessage: 'Paused',
};
/** Two full windows and half a third. */
const times = [
  ...Array<number>(10).fill(0),
  ...Array<number>(10).fill(60_100),
  ...Array<number>(5).fill(120_200),
];
const BOOKS: VendorBooks = { calls: 25, units: 20, over: 0, duplicates: 0, times, served: [] };

const failed = (books: Partial<VendorBooks>, run: Partial<RehearsedRun> = {}): string[] =>
  rehearsalVerdict(PLAN, [{ ...RUN, ...run }], { ...BOOKS, ...books })
    .findings.filter(({ passed }) => passed === false)
    .map(({ what }) => what);

describe('the verdict on a rehearsal', () => {
  it('passes when the cap was used, kept, and felt', () => {
    expect(rehearsalVerdict(PLAN, [RUN], BOOKS)).toMatchObject({ passed: true, utilisation: 1 });
  });

  it('fails on a single call over the cap, and on a single purchase made twice', () => {
    expect(failed({ over: 1 })).toEqual(['over the cap']);
    expect(failed({ duplicates: 1 })).toEqual(['paid twice']);
  });

  it('fails when the cap lay idle', () => {
    expect(failed({ times: times.filter((_at, i) => i % 2 === 0) })).toEqual(['cap used']);
  });

  it('does not judge the use of a cap that was never full', () => {
    expect(failed({ calls: 10, times: times.slice(0, 10) }, { pauses: 0, resumes: 0 })).toEqual([]);
  });

  it('fails when nobody was told of the wait', () => {
    expect(failed({}, { pauses: 0, resumes: 0 })).toEqual(['paused and resumed']);
  });

  it('fails when a run did not complete, or the vendor was never asked', () => {
    expect(failed({}, { state: 'partial' })).toEqual(['runs completed']);
    expect(failed({ calls: 0, times: [] }, { pauses: 0, resumes: 0 })).toEqual(['calls']);
  });

  describe('on two tenants', () => {
    const TENANTS = ['one', 'two'];
    /** By window, how many calls each tenant got. */
    const sharedBy = (
      ...windows: readonly (readonly [number, number])[]
    ): { found: string; passed: boolean | null }[] => {
      const served = windows.flatMap((counts, window) =>
        counts.flatMap((count, i) =>
          Array.from({ length: count }, () => ({ at: window * PLAN.windowMs, tenant: TENANTS[i] ?? '' })),
        ),
      );
      const runs = TENANTS.map((tenant) => ({ ...RUN, tenant }));
      return rehearsalVerdict({ ...PLAN, tenants: 2 }, runs, { ...BOOKS, served })
        .findings.filter(({ what }) => what === 'shared')
        .map(({ found, passed }) => ({ found, passed }));
    };

    it('passes where they shared what came after the first window, as long as both waited', () => {
      expect(sharedBy([20, 0], [11, 9], [9, 11], [0, 20])).toEqual([
        { found: 'one 20, two 20', passed: true },
      ]);
    });

    it('fails where one got all before the other', () => {
      expect(sharedBy([20, 0], [20, 0], [10, 10], [0, 20], [0, 20])).toEqual([
        { found: 'one 30, two 10', passed: false },
      ]);
    });

    it('says nothing where nobody had to share', () => {
      expect(sharedBy([20, 20])).toEqual([]);
      expect(sharedBy([20, 0], [0, 20])).toEqual([]);
    });

    it('says nothing where the vendor’s books do not tell whom it served', () => {
      const runs = TENANTS.map((tenant) => ({ ...RUN, tenant }));
      const served = [0, PLAN.windowMs, PLAN.windowMs].map((at, i) => ({ at, tenant: TENANTS[i] ?? null }));
      const { findings } = rehearsalVerdict({ ...PLAN, tenants: 2 }, runs, { ...BOOKS, served });
      expect(findings.map(({ what }) => what)).not.toContain('shared');
    });
  });
});
