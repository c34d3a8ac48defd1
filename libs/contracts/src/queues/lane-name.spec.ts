import { laneQueue, walkQueue } from './lane-name';

describe('the queue of a lane', () => {
  it('never changes its name: jobs wait under it in somebody’s Redis', () => {
    expect(laneQueue('sonar')).toBe('enrich.sonar');
    expect(laneQueue('sonar.k_1')).toBe('enrich.sonar.k_1');
    expect(walkQueue('sim-sonar')).toBe('enrich.sim-sonar');
    expect(walkQueue(null)).toBe('enrich');
  });

  it.each(['', 'a:b', ' a', '../a'])('is refused for the cap %j', (capId) => {
    expect(() => laneQueue(capId)).toThrow(RangeError);
  });
});
