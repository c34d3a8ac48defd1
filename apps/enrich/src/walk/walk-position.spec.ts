import type { WalkPlan, WalkState } from '#libs/contracts';
import { walkPosition } from './walk-position';

const PLAN: WalkPlan = {
  waterfalls: { crawl_website: ['crawler'], find_contacts: [], verify_email: [] },
  titles: [],
  max_verifications: 0,
  max_email_finds: 0,
  policies: {},
};

function aState(domain: string | null): WalkState {
  return {
    company: {
      company_id: 'c_aaaaaaaaaaaaaaaa',
      name: 'Acme',
      domain,
      social: null,
      country: null,
      region: null,
      city: null,
      industry: null,
      industries: [],
      employees: null,
      founded: null,
      description: null,
      source_rows: [1],
    },
    match: { matched: true, pre_score: 50, reasons: [] },
    steps: [],
    tried: [],
  };
}

describe('walkPosition', () => {
  it('stops at the first step that needs a call', () => {
    const { call, decided } = walkPosition(aState('acme.com'), PLAN);
    expect(call).toMatchObject({ step: 'website', vendor: 'crawler' });
    expect(decided).toEqual([]);
  });

  it('goes to the end where nobody can be asked, with a reason for every step', () => {
    const { call, decided, state } = walkPosition(aState(null), PLAN);
    expect(call).toBeNull();
    expect(state.steps.map(({ step }) => step)).toEqual([
      'website',
      'firmographics',
      'profile',
      'contacts',
      'find_email_1',
      'email_1',
      'signals',
    ]);
    // That nobody is set up to read a profile stands in the plan.
    expect(decided.map(({ record }) => record.step)).toEqual([
      'website',
      'firmographics',
      'contacts',
      'email_1',
      'signals',
    ]);
  });

  it('decides the same again from what it decided', () => {
    const first = walkPosition(aState(null), PLAN);
    expect(walkPosition(first.state, PLAN)).toEqual({ state: first.state, call: null, decided: [] });
  });
});
