import type { WalkState } from '#libs/contracts';
import { aContact, aWalkPlan, aWalkState, someWebsiteFacts } from '../../test/builders';
import { nextStep } from './next-step';
import { applyRecord, recordOutcome, type CallOutcome } from './record-outcome';

const FOUND: readonly CallOutcome[] = [
  { kind: 'found', output: someWebsiteFacts(), costMicro: 0, simulated: false },
  {
    kind: 'found',
    output: { contacts: [aContact({ email: 'ada@acme.example' })] },
    costMicro: 0,
    simulated: false,
  },
];

/** Walks to the end: these outcomes first, then the same for everybody who is asked. */
function walked(outcomes: readonly CallOutcome[], then: CallOutcome): { state: WalkState; asked: number } {
  const left = [...outcomes];
  let asked = 0;
  let state = aWalkState();
  for (;;) {
    const next = nextStep(state, aWalkPlan());
    if (next.kind === 'finished') return { state, asked };
    if (next.kind === 'end') state = applyRecord(state, { kind: 'step', record: next.record });
    else {
      asked += 1;
      state = recordOutcome(state, next, left.shift() ?? then);
    }
  }
}

describe('what was found of a company', () => {
  it.each<[string, CallOutcome]>([
    ['finds nothing', { kind: 'empty', costMicro: 5 }],
    ['fails', { kind: 'failed', reason: 'down', costMicro: 0 }],
    ['leaves its call in doubt', { kind: 'in_doubt', reason: 'no answer', costMicro: 10 }],
  ])('stays, whoever is asked afterwards and %s: the old system’s fallbacks wiped it', (_what, outcome) => {
    const { state, asked } = walked(FOUND, outcome);
    expect(asked).toBeGreaterThan(FOUND.length);
    const outputs = state.steps.filter(({ status }) => status === 'found').map((step) => step.output);
    expect(outputs).toEqual(FOUND.map((found) => (found.kind === 'found' ? found.output : null)));
  });
});
