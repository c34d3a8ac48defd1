import type { CapExplanation } from '#libs/vendor-gate';
import { capFigures } from './cap-figures';
import type { CellCap } from './cell-caps';

const NOW_MS = 1_000_000;

const open: CapExplanation = {
  closedForMs: 0,
  closedWhy: null,
  breaker: 'closed',
  faults: 0,
  probeInMs: 0,
  concurrency: { limit: 5, used: 1, lapsed: 0 },
  windows: [{ name: 'day', declared: 500, limit: 400, used: 100, freesInMs: 0 }],
  budgets: [],
};

function cellCap(id: string, credential: CellCap['credential']): CellCap {
  const lane = credential === 'own' ? 'enrich.sonar.own' : 'enrich.sonar';
  return { id, vendor: 'sonar', credential, lane, cap: { id, concurrency: 5, windows: [] } };
}

/** The samples as `name labels value`, of caps that stand like this. */
async function told(standings: Readonly<Record<string, CapExplanation>>): Promise<string[]> {
  const caps = Object.keys(standings).map((id) => cellCap(id, id === 'sonar' ? 'platform' : 'own'));
  const gate = { explainCap: ({ id }: { id: string }) => Promise.resolve(standings[id] ?? open) };
  const samples = await capFigures(gate, caps, NOW_MS);
  return samples.map(({ name, labels, value }) => {
    const of = Object.values(labels).slice(1).join(' ');
    return `${name.replace('leadgen_cap_', '')} ${of} ${value}`;
  });
}

describe('what is told of caps', () => {
  it('is what of each window is used and left to us, and that it is open', async () => {
    expect(await told({ sonar: open })).toEqual([
      'used_units platform day 100',
      'limit_units platform day 400',
      'used_units platform concurrency 1',
      'limit_units platform concurrency 5',
      'closed platform 0',
      'closed_until_timestamp_seconds platform 0',
    ]);
  });

  it('is closed by the vendor’s word and by the breaker, until when it opens; a full window closes nothing', async () => {
    const closed = await told({ sonar: { ...open, closedForMs: 30_000, closedWhy: 'quota' } });
    expect(closed).toContain('closed platform 1');
    expect(closed).toContain('closed_until_timestamp_seconds platform 1030');
    const broken = await told({ sonar: { ...open, breaker: 'open', probeInMs: 5_000 } });
    expect(broken).toContain('closed_until_timestamp_seconds platform 1005');
    const [day] = open.windows;
    const full = await told({
      sonar: { ...open, windows: [{ ...(day as typeof day & object), used: 400 }] },
    });
    expect(full).toContain('closed platform 0');
  });

  it('is of tenants’ own keys the worst, without a word of whose', async () => {
    const [day] = open.windows;
    const fuller = {
      ...open,
      closedForMs: 1_000,
      windows: [{ ...(day as typeof day & object), used: 9, limit: 10 }],
    };
    const lines = await told({ 'sonar.acme': open, 'sonar.globex': fuller });
    expect(lines).toContain('used_units own day 9');
    expect(lines).toContain('limit_units own day 10');
    expect(lines).toContain('closed own 1');
    expect(lines.join()).not.toMatch(/acme|globex/);
  });
});
