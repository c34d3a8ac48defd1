import { FaultPlan, type Fault } from './fault-plan';

function struck(faults: readonly Fault[], requests: number, op = 'find'): (string | null)[] {
  const plan = new FaultPlan();
  for (const fault of faults) plan.add(fault);
  return Array.from({ length: requests }, () => plan.take({ vendor: 'acme', op, path: '/' })?.kind ?? null);
}

describe('a planned fault', () => {
  it('strikes every request until it is cleared', () => {
    expect(struck([{ vendor: 'acme', kind: 'reset' }], 3)).toEqual(['reset', 'reset', 'reset']);
  });

  it('strikes as many as it says, and then the next one counts', () => {
    const faults: Fault[] = [
      { vendor: 'acme', kind: 'reset', count: 2 },
      { vendor: 'acme', kind: 'quota', count: 1 },
    ];
    expect(struck(faults, 4)).toEqual(['reset', 'reset', 'quota', null]);
  });

  it.each([
    [0.5, 10, 5],
    [0.1, 100, 10],
    [1, 7, 7],
    [1 / 3, 9, 3],
  ])('strikes a share of %d exactly: of %d requests %d', (ratio, requests, expected) => {
    const kinds = struck([{ vendor: 'acme', kind: 'reset', ratio }], requests);
    expect(kinds.filter((kind) => kind !== null)).toHaveLength(expected);
  });

  it('spares other vendors and operations', () => {
    const faults: Fault[] = [
      { vendor: 'other', kind: 'reset' },
      { vendor: 'acme', op: 'verify', kind: 'reset' },
    ];
    expect(struck(faults, 2)).toEqual([null, null]);
    expect(struck(faults, 1, 'verify')).toEqual(['reset']);
  });
});
