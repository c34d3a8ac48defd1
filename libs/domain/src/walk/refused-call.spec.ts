import fc from 'fast-check';
import { ON_WAIT, stepPolicySchema } from '#libs/contracts';
import { aWalkPlan } from '../../test/builders';
import { afterWait, deniedOutcome, stepPolicy, waitedOutcome } from './refused-call';
import { isSkippedForBudget, isSkippedForWait } from './skip-reasons';

describe('the policy of a wait', () => {
  it('waits as long as it takes where the plan names none', () => {
    const policy = stepPolicy(aWalkPlan(), 'find_contacts');
    expect(policy).toEqual(stepPolicySchema.parse({}));
    expect(afterWait(policy, 10 * 86_400_000, 86_400_000)).toBe('wait');
  });

  it.each([
    ['wait', null, 0, 1e9, 'wait'],
    ['wait', 5_000, 0, 5_000, 'wait'],
    ['wait', 5_000, 1, 5_000, 'next-provider'],
    ['next-provider', null, 0, 1, 'next-provider'],
    ['next-provider', 5_000, 4_000, 1_000, 'wait'],
    ['next-provider', 5_000, 4_000, 1_001, 'next-provider'],
    ['skip', null, 0, 1, 'skip'],
    ['skip', 60_000, 0, 3_600_000, 'skip'],
  ] as const)(
    '%s, at most %j ms: after %i ms, for %i more: %s',
    (on_wait, max_wait_ms, waited, more, then) => {
      expect(afterWait({ on_wait, max_wait_ms }, waited, more)).toBe(then);
    },
  );

  it('never waits longer in all than it allows, and always allows a wait of nothing', () => {
    const policies = fc.record({ on_wait: fc.constantFrom(...ON_WAIT), max_wait_ms: fc.nat() });
    fc.assert(
      fc.property(policies, fc.nat(), fc.nat(), (policy, waited, more) => {
        const waits = afterWait(policy, waited, more) === 'wait';
        expect(waits).toBe(more === 0 || waited + more <= policy.max_wait_ms);
      }),
    );
  });

  it('records a vendor passed over as failed, and a step left out as skipped', () => {
    expect(waitedOutcome('next-provider')).toMatchObject({ kind: 'failed', costMicro: 0 });
    const { kind, reason } = waitedOutcome('skip') as { kind: 'skipped'; reason: string };
    expect(isSkippedForWait({ ...STEP, status: kind, reason })).toBe(true);
  });
});

const STEP = {
  step: 'contacts',
  op: 'find_contacts',
  vendor: null,
  cost_micro: 0,
  simulated: false,
} as const;

describe('a denied call', () => {
  it.each(['budget_run', 'budget_tenant_day'] as const)(
    'for %s ends the step for lack of budget',
    (denial) => {
      const { kind, reason } = deniedOutcome(denial) as { kind: 'skipped'; reason: string };
      expect(isSkippedForBudget({ ...STEP, status: kind, reason })).toBe(true);
    },
  );

  it.each(['budget_vendor_day', 'never'] as const)('for %s passes to the next vendor', (denial) => {
    expect(deniedOutcome(denial)).toMatchObject({ kind: 'failed', costMicro: 0 });
  });
});
