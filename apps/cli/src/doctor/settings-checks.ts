import type { Settings } from '#libs/config';
import { vendorKeys } from '../vendors/vendor-keys';
import { fail, ok, warn, type Check, type Finding } from './check';

/** What this shell's settings say: they must be those of the processes. */
export function settingsChecks(settings: Settings): Check[] {
  return [
    { id: 'vendor keys', look: () => judgeVendorKeys(settings) },
    { id: 'old routes', look: () => judgeOldRoutes(settings.legacy, Date.now()) },
  ];
}

async function judgeVendorKeys(settings: Settings): Promise<Finding> {
  if (settings.runtime.offline) return ok('offline: every vendor is the simulator');
  const { usable, lacking } = await vendorKeys(settings);
  const hint =
    'set VENDOR_<ID>_API_KEY as for the workers (docs/env.md); leadgen vendors says what each lacks';
  if (usable.length === 0) return fail('no vendor has a key: no company can be enriched', hint);
  return lacking.length === 0
    ? ok(usable.join(', '))
    : warn(`${usable.join(', ')}; without: ${lacking.join(', ')}`, hint);
}

export function judgeOldRoutes({ routes, gone }: Settings['legacy'], nowMs: number): Finding {
  if (routes === undefined) return ok('none are answered');
  const { length } = routes.routes;
  if (gone) return ok(`${length} switched off (410)`);
  const sunset = routes.sunsetAt.toISOString().slice(0, 10);
  const hint =
    'when no line in the API’s log has event legacy_route any more, set ORCHESTRATOR_LEGACY_GONE=1';
  return routes.sunsetAt.getTime() < nowMs
    ? fail(`${length} still let through, although they were to go on ${sunset}`, hint)
    : warn(`${length} let through until ${sunset}`, hint);
}
