import { RestartPolicy } from './restart-policy';

describe('RestartPolicy', () => {
  it('waits longer after each crash and gives up at the sixth within a minute', () => {
    const policy = new RestartPolicy();
    const waits = [0, 1_000, 2_000, 3_000, 4_000, 5_000].map((at) => policy.afterCrash(at));
    expect(waits).toEqual([200, 400, 800, 1_600, 3_200, undefined]);
  });

  it('forgets crashes that are more than a minute old', () => {
    const policy = new RestartPolicy();
    for (let i = 0; i < 5; i += 1) policy.afterCrash(i);
    expect(policy.afterCrash(60_010)).toBe(200);
  });
});
