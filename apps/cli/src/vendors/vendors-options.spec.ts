import { runScopeOf } from './explain-run';
import { typedTenant } from '../typed/tenant-id';
import { closureOf, resolutionOf } from './vendors-options';

describe('what is typed behind leadgen vendors', () => {
  it('is read', () => {
    expect(closureOf({ for: '10m', why: ' maintenance ' })).toEqual({ forMs: 600_000, why: 'maintenance' });
    expect(resolutionOf({ call: 'c1', as: 'not-bought' })).toEqual({ call: 'c1', verdict: 'not_bought' });
    expect(resolutionOf({ call: 'c1', as: 'bought' })).toEqual({ call: 'c1', verdict: 'bought' });
    expect(typedTenant('acme')).toBe('acme');
    expect(runScopeOf({})).toBeNull();
    const run = 'run_01J8ZC4N5Q6R7S8T9VWXYZ0123';
    expect(runScopeOf({ tenantId: 'acme', runId: run })).toEqual({ tenantId: 'acme', runId: run });
  });

  it.each<[what: () => unknown, message: RegExp]>([
    [() => closureOf({ why: 'x' }), /--for <duration>, e\.g\. --for 10m/],
    [() => closureOf({ for: '0s', why: 'x' }), /--for "0s": give a duration/],
    [() => closureOf({ for: '32d', why: 'x' }), /from 1s to 31d/],
    [() => closureOf({ for: '10m' }), /--why <text>/],
    [() => closureOf({ for: '10m', why: '  ' }), /--why <text>/],
    [() => closureOf({ for: '10m', why: 'x'.repeat(121) }), /at most 120/],
    [() => resolutionOf({ as: 'bought' }), /--call <call>.*leadgen vendors doubts/],
    [() => resolutionOf({ call: 'c1' }), /--as bought.*--as not-bought/],
    [() => resolutionOf({ call: 'c1', as: 'toString' }), /--as bought/],
    [() => typedTenant(undefined), /--tenant-id <id>/],
    [() => typedTenant('../x'), /--tenant-id \.\.\/x: a tenant id is/],
    [() => typedTenant('bull'), /--tenant-id bull: this word is used for something else/],
    [() => runScopeOf({ tenantId: 'acme' }), /--tenant-id <id> and --run-id <id> together/],
    [() => runScopeOf({ runId: 'x', tenantId: 'acme' }), /e\.g\. run_/],
  ])('%#: or refused, naming the flag and the fix', (what, message) => {
    expect(what).toThrow(message);
  });
});
