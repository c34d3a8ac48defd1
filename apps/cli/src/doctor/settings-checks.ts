import type { Settings } from '#libs/config';
import { fail, ok, warn, type Check, type Finding } from './check';

/** What this shell's settings say: they must be those of the processes. */
export function settingsChecks(settings: Settings): Check[] {
  return [
    { id: 'vendor keys', look: () => vendorKeys(settings) },
    { id: 'old routes', look: () => judgeOldRoutes(settings.legacy, Date.now()) },
  ];
}

async function vendorKeys({ vendors, vendorOverrides, runtime }: Settings): Promise<Finding> {
  if (runtime.offline) return ok('offline: every vendor is the simulator');
  const { createVendorRegistry } = await import('#libs/vendors');
  const registry = createVendorRegistry({ access: vendors, overrides: vendorOverrides, offline: false });
  const metered = registry.standings().filter(({ descriptor }) => descriptor.auth !== 'none');
  await registry.close();
  const usable = metered.filter((standing) => standing.usable).map(({ descriptor }) => descriptor.id);
  const lacking = metered.filter((standing) => !standing.usable).map(({ descriptor }) => descriptor.id);
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
