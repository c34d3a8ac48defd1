import { loadSettings } from '#libs/config';
import { OPERATIONS, type Operation } from '#libs/contracts';
import { Simulator } from '../../test/simulator';
import { describeVendorConformance } from '../conformance/vendor.conformance';
import { VENDORS } from './vendor-list';
import { createVendorRegistry } from './vendor-registry';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await Simulator.start();
});
afterAll(() => simulator.stop());

for (const vendor of VENDORS) describeVendorConformance(vendor, () => simulator);

describe('the settings that the simulator hands out', () => {
  it('make every vendor usable offline, and each operation has somebody to ask', async () => {
    const { vendors, runtime } = loadSettings(simulator.env());
    const registry = createVendorRegistry({ access: vendors, offline: runtime.offline });
    try {
      expect(runtime.offline).toBe(true);
      expect(registry.standings().filter(({ usable }) => !usable)).toEqual([]);
      for (const op of Object.keys(OPERATIONS) as Operation[]) expect(registry.waterfall(op)).not.toEqual([]);
      const { signal } = new AbortController();
      const outcome = await registry.call('web', 'crawl_website', { domain: 'gitlab.com' }, { signal });
      expect(outcome).toMatchObject({ kind: 'ok' });
    } finally {
      await registry.close();
    }
  });
});
