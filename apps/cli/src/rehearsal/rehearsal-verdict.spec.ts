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
const BOOKS: VendorBooks = { calls: 25, units: 20, over: 0, duplicates: 0, times };

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
});
