import type { TenantSettings, TenantTerms } from '#libs/config';
import type { Operation } from '#libs/contracts';
import { checkTenantVendors, type Standing } from './tenant-vendors';

const terms = (waterfalls: TenantTerms['waterfalls']): TenantTerms => ({
  weight: 1,
  budgets: { run_micro: null, day_micro: null },
  waterfalls,
  policies: {},
});

function settings(
  everybodyElse: TenantTerms['waterfalls'],
  acme: TenantTerms['waterfalls'] = {},
): TenantSettings {
  const byTenant = new Map([['acme', terms({ ...everybodyElse, ...acme })]]);
  return { everybodyElse: terms(everybodyElse), byTenant };
}

const standing = (id: string, ops: Operation[], reason: string | null = null): Standing => ({
  descriptor: { id, services: ops.map((op) => ({ op })) },
  reason,
});

const STANDINGS = [
  standing('one', ['find_contacts', 'find_email']),
  standing('two', ['find_contacts'], 'set VENDOR_TWO_API_KEY'),
];

describe('the vendors that terms of tenants name', () => {
  it('are refused where there are no such, all at once, with those there are', () => {
    const check = () =>
      checkTenantVendors(settings({ find_email: ['two'] }, { find_contacts: ['three'] }), STANDINGS);
    expect(check).toThrow(/^2 vendor\(s\) to correct in LEADGEN_TENANTS_FILE/);
    expect(check).toThrow(/default\.waterfalls\.find_email: two does not serve find_email; these do: one/);
    expect(check).toThrow(/acme\.waterfalls\.find_contacts: there is no vendor three; there are one, two/);
  });

  it('are left out with a word where they cannot be asked', () => {
    expect(checkTenantVendors(settings({ find_contacts: ['one', 'two'] }), STANDINGS)).toEqual([
      'default.waterfalls.find_contacts: two cannot be asked: set VENDOR_TWO_API_KEY',
    ]);
  });

  it('need not be any', () => {
    expect(checkTenantVendors(settings({}), STANDINGS)).toEqual([]);
  });
});
