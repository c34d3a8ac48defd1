import { laneUnits } from './lane-units';

const window = (units: number, limit: number) =>
  ({ name: 'w', kind: 'sliding', lengthMs: 1_000, units, limit }) as const;

describe('what a call takes of its cap', () => {
  it.each([
    ['no windows', [], 1],
    ['one request', [window(1, 10)], 1],
    ['one request of a second and of a month', [window(1, 10), window(1, 500)], 1],
    ['ten addresses of the window that is used up first', [window(1, 100), window(10, 200)], 5],
    ['a hundred tokens, where requests are used up first', [window(1, 50), window(100, 200_000)], 1],
    ['a window it takes nothing of', [window(0, 10), window(1, 20)], 0.5],
  ])('%s', (_what, windows, units) => {
    expect(laneUnits(windows)).toBeCloseTo(units, 9);
  });
});
