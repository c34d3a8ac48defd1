import { Simulator } from '../../test/simulator';
import { describeVendorConformance } from '../conformance/vendor.conformance';
import { VENDORS } from './vendor-list';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await Simulator.start();
});
afterAll(() => simulator.stop());

for (const vendor of VENDORS) describeVendorConformance(vendor, () => simulator);
