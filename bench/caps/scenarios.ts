import type { CapsScenario } from './caps.bench';

const MINUTE_MS = 10_000;

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

/** Three vendors, minutes of ten seconds: six edges in a minute. */
export const MINUTES: CapsScenario = {
  scenario: 'minutes',
  windows: [
    { vendor: 'apollo', name: 'minute', kind: 'anchored', limit: 150, lengthMs: MINUTE_MS },
    { vendor: 'hunter', name: 'minute', kind: 'fixed', limit: 120, lengthMs: MINUTE_MS },
    { vendor: 'lusha', name: 'minute', kind: 'sliding', limit: 80, lengthMs: MINUTE_MS },
  ],
  tenants: {
    one: only({ enrich_company: ['apollo'], find_contacts: ['hunter'] }),
    two: only({ enrich_company: ['lusha'], find_contacts: ['hunter'] }),
    three: only({ enrich_company: ['apollo', 'lusha'], find_contacts: ['hunter'] }),
  },
  companies: 1_000,
  seconds: 75,
  usedMin: 0.95,
  skip: 0,
};

/** One sliding second, answers mostly in 50 ms, a tenth of them in up to 300. */
export const SECONDS: CapsScenario = {
  scenario: 'seconds',
  windows: [{ vendor: 'hunter', name: 'second', kind: 'sliding', limit: 40, lengthMs: 1_000 }],
  tenants: {
    one: only({ find_contacts: ['hunter'] }),
    two: only({ find_contacts: ['hunter'] }),
    three: only({ find_contacts: ['hunter'] }),
  },
  companies: 400,
  seconds: 25,
  usedMin: 0.9,
  latency: { ms: 50, jitterMs: 250, jitterShare: 0.1 },
  skip: 2,
};
