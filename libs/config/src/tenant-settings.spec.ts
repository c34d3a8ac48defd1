import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings, type Settings } from './load-settings';
import { tenantTerms } from './tenant-settings';

describe('the terms of tenants', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'tenants-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  function load(file: unknown): Settings {
    const path = join(dir, 'tenants.json');
    writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
    return loadSettings({ LEADGEN_TENANTS_FILE: path });
  }

  it('are equal shares without limits where no file is named', () => {
    expect(tenantTerms(loadSettings({}).tenants, 'acme')).toEqual({
      weight: 1,
      budgets: { run_micro: null, day_micro: null },
      waterfalls: {},
      policies: {},
    });
  });

  it('are the tenant’s own, and for what they leave open the default’s', () => {
    const { tenants } = load({
      default: {
        budgets: { run_usd: 5, day_usd: 20.5 },
        waterfalls: { find_contacts: ['one', 'two'] },
        policies: { find_contacts: { on_wait: 'next-provider', max_wait_ms: 30_000 } },
      },
      acme: {
        weight: 3,
        budgets: { run_usd: 0.000001, day_usd: null },
        waterfalls: { find_email: [] },
        policies: { verify_email: { on_wait: 'skip' } },
      },
    });
    expect(tenantTerms(tenants, 'acme')).toEqual({
      weight: 3,
      budgets: { run_micro: 1, day_micro: null },
      waterfalls: { find_contacts: ['one', 'two'], find_email: [] },
      policies: {
        find_contacts: { on_wait: 'next-provider', max_wait_ms: 30_000 },
        verify_email: { on_wait: 'skip', max_wait_ms: null },
      },
    });
    expect(tenantTerms(tenants, 'globex')).toMatchObject({
      weight: 1,
      budgets: { run_micro: 5_000_000, day_micro: 20_500_000 },
    });
    expect(tenantTerms(tenants, 'constructor')).toBe(tenants.everybodyElse);
  });

  it('are refused with every problem at once, each with its place and what would be right', () => {
    const file = {
      'no spaces': {},
      acme: {
        weight: 0,
        budget: { run_usd: 5 },
        budgets: { run_usd: -1 },
        waterfalls: { guess_email: ['one'], find_email: ['one', 'one', 'Two!'] },
        policies: { find_email: { on_wait: 'hope', max_wait: 3 } },
      },
    };
    const problems = [
      /no spaces: a tenant id is/,
      /acme\.weight: /,
      /acme: .*"budget"/,
      /acme\.budgets\.run_usd: /,
      /acme\.waterfalls: there is no operation guess_email; there are crawl_website, .*find_signals/,
      /acme\.waterfalls\.find_email\.2: a vendor id is/,
      /acme\.policies\.find_email\.on_wait: .*"next-provider"/,
      /acme\.policies\.find_email: .*"max_wait"/,
    ];
    for (const problem of problems) expect(() => load(file)).toThrow(problem);
    expect(() => load({ acme: { waterfalls: { find_email: ['one', 'one'] } } })).toThrow(/named twice/);
    expect(() => load('{')).toThrow(/LEADGEN_TENANTS_FILE=.*JSON/);
  });
});
