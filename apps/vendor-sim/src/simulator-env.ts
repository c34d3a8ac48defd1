import { simulatorKey } from './vendors/simulator-key';
import { SIMULATED_VENDORS } from './vendors/vendor-list';
import { WEBSITES } from './websites/serve-website';

/** What to set so that every vendor is asked here, and so that what they answer is known to be simulated. */
export function simulatorEnv(url: string): Readonly<Record<string, string>> {
  const env: Record<string, string> = {
    ORCHESTRATOR_OFFLINE: '1',
    // Not a path: the crawler connects here and names the company's host in its request.
    [`VENDOR_${WEBSITES.toUpperCase()}_BASE_URL`]: url,
  };
  for (const { id } of SIMULATED_VENDORS) {
    env[`VENDOR_${id.toUpperCase()}_BASE_URL`] = `${url}/vendors/${id}`;
    env[`VENDOR_${id.toUpperCase()}_API_KEY`] = simulatorKey(id);
  }
  return env;
}
