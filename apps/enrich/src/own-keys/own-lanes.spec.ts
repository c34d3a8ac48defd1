import type { LaneSpec } from '#libs/queue';
import { OwnLanes } from './own-lanes';

describe('the lanes of tenants’ own caps', () => {
  it('are served by every process, for every vendor that there still is, whoever has opened them', async () => {
    const served: LaneSpec[] = [];
    const lanes = new OwnLanes(
      { caps: () => Promise.resolve(['finder', 'finder.acme', 'gone.acme', 'sim-finder.globex']) },
      (capId) => (capId.startsWith('gone') ? undefined : { capId, concurrency: 3 }),
      { add: (spec) => served.push(spec) },
      (error) => {
        throw error;
      },
    );
    await lanes.look();
    expect(served.map(({ capId }) => capId)).toEqual(['finder.acme', 'sim-finder.globex']);
  });
});
