import type { Operation } from '#libs/contracts';
import { createVendorRegistry } from '#libs/vendors';
import type { CapsScenario } from './caps.bench';

const MINUTE_MS = 10_000;

/** Vendors with a key, by what they are asked for, in the order of the waterfall: whichever they are, their windows are replaced. */
const [firm = '', otherFirm = ''] = serving('enrich_company');
const [finder = ''] = serving('find_contacts').filter((vendor) => vendor !== firm && vendor !== otherFirm);

function serving(op: Operation): string[] {
  const registry = createVendorRegistry({ access: {}, offline: false });
  const order = (services: readonly { op: Operation; order: number }[]): number =>
    services.find((service) => service.op === op)?.order ?? Infinity;
  return registry
    .standings()
    .map(({ descriptor }) => descriptor)
    .filter(({ auth, services }) => auth !== 'none' && order(services) < Infinity)
    .sort((a, b) => order(a.services) - order(b.services))
    .map(({ id }) => id);
}

/** Terms under which a tenant's companies ask only these vendors. */
const only = (waterfalls: Readonly<Record<string, readonly string[]>>): unknown => ({
  waterfalls: {
    enrich_company: [],
    read_profile: [],
    find_contacts: [],
    find_email: [],
    verify_email: [],
    find_signals: [],
    ...waterfalls,
  },
});

/** Three vendors, minutes of ten seconds: six edges in the minute that counts. */
export const MINUTES: CapsScenario = {
  scenario: 'minutes',
  windows: [
    { vendor: firm, name: 'minute', kind: 'anchored', limit: 150, lengthMs: MINUTE_MS },
    { vendor: finder, name: 'minute', kind: 'fixed', limit: 120, lengthMs: MINUTE_MS },
    { vendor: otherFirm, name: 'minute', kind: 'sliding', limit: 80, lengthMs: MINUTE_MS },
  ],
  tenants: {
    one: only({ enrich_company: [firm], find_contacts: [finder] }),
    two: only({ enrich_company: [otherFirm], find_contacts: [finder] }),
    three: only({ enrich_company: [firm, otherFirm], find_contacts: [finder] }),
  },
  companies: 1_000,
  seconds: 85,
  usedMin: 0.95,
  // What a start within a guard of an edge takes on both sides of it (docs/gate.md) is the start's, not the window's.
  skip: 1,
};

/** One sliding second, answers mostly in 50 ms, a tenth of them in up to 300. */
export const SECONDS: CapsScenario = {
  scenario: 'seconds',
  windows: [{ vendor: finder, name: 'second', kind: 'sliding', limit: 40, lengthMs: 1_000 }],
  tenants: {
    one: only({ find_contacts: [finder] }),
    two: only({ find_contacts: [finder] }),
    three: only({ find_contacts: [finder] }),
  },
  companies: 400,
  seconds: 25,
  usedMin: 0.9,
  latency: { ms: 50, jitterMs: 250, jitterShare: 0.1 },
  skip: 2,
};
