import { decideWait, type Wait, type WaitDecision } from './wait-decision';

const wait = (reason: Wait['reason'], inMs: number): Wait => ({ kind: 'wait', reason, inMs });
const inline = { from: 'inline', sleptMs: 0, sharedWindows: true } as const;
const lane = { from: 'lane', sleptMs: 0, sharedWindows: true } as const;

describe('a call that has to wait', () => {
  it.each<[string, Wait, Parameters<typeof decideWait>[1], WaitDecision]>([
    ['sleeps through a few ms inline', wait('window', 20), inline, { kind: 'sleep', inMs: 20 }],
    ['parks for longer', wait('window', 21), inline, { kind: 'park' }],
    ['parks after a few short sleeps', wait('window', 5), { ...inline, sleptMs: 100 }, { kind: 'park' }],
    ['parks when others wait, however short', wait('turn', 1), inline, { kind: 'park' }],
    ['parks when the vendor is closed', wait('closed', 3_600_000), inline, { kind: 'park' }],
    ['waits for its budget by itself', wait('budget', 400), inline, { kind: 'later', inMs: 400 }],
    ['looks at a budget now and then', wait('budget', 90_000), lane, { kind: 'later', inMs: 30_000 }],
    ['waits for a slow vendor by itself', wait('pending', 7_000), lane, { kind: 'later', inMs: 7_000 }],
    ['sleeps a second in its lane', wait('concurrency', 1_000), lane, { kind: 'sleep', inMs: 1_000 }],
    [
      'goes back before its deadline',
      wait('concurrency', 100),
      { ...lane, sleptMs: 30_000 },
      { kind: 'later', inMs: 100 },
    ],
    ['closes the lane with the vendor', wait('closed', 9_000), lane, { kind: 'close', inMs: 9_000 }],
    ['closes it for a full window of all', wait('window', 9_000), lane, { kind: 'close', inMs: 9_000 }],
    [
      'does not close it for a window of some',
      wait('window', 9_000),
      { ...lane, sharedWindows: false },
      { kind: 'later', inMs: 9_000 },
    ],
    [
      'closes it for a moment while somebody probes',
      wait('probe', 30_000),
      lane,
      { kind: 'close', inMs: 2_000 },
    ],
  ])('%s', (_what, answer, at, decision) => {
    expect(decideWait(answer, at)).toEqual(decision);
  });
});
