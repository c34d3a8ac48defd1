import { CellKeys } from '#libs/redis';
import type { CallRequest } from './gate.port';
import { Purchases } from './purchase';

describe('what was made of a request', () => {
  const keys = new CellKeys('test');
  const request: CallRequest = {
    callId: 'job-website-tavily',
    tenantId: 'acme',
    runId: 'run_01M83T0C0N157MS0FWEXFGGEYC',
    companyId: 'c_aaaaaaaaaaaaaaaa',
    vendor: 'tavily',
    simulated: false,
    op: 'find_signals',
    input: { domain: 'acme.example' },
    cap: { id: 'tavily', concurrency: 5, windows: [] },
    budgets: { run: 1_000, tenantDay: null, vendorDay: null },
    maxCostMicro: 10,
    deadlineMs: 5_000,
    repeatable: false,
    subjects: () => [],
    from: 'inline',
  };

  it('is made once, and is no part of a copy of it', () => {
    const purchases = new Purchases(keys);
    const purchase = purchases.of(request);
    expect(purchases.of(request)).toBe(purchase);
    const other = purchases.of({ ...request, input: { domain: 'globex.example' } });
    expect(other.ledgerKey).not.toBe(purchase.ledgerKey);
  });

  it('is another in another cell', () => {
    const { ledgerKey } = new Purchases(keys).of(request);
    expect(new Purchases(new CellKeys('other')).of(request).ledgerKey).not.toBe(ledgerKey);
  });

  it('has in common with that of the run’s next company what is not about the company', () => {
    const purchases = new Purchases(keys);
    const next = purchases.of({
      ...request,
      companyId: 'c_bbbbbbbbbbbbbbbb',
      input: { domain: 'b.example' },
    });
    expect(next.shape).toBe(purchases.of(request).shape);
  });

  it.each<[string, Partial<CallRequest>, RegExp]>([
    ['costs another sum', { maxCostMicro: 20 }, /"max":20/],
    ['comes from the lane', { from: 'lane' }, /"lane":1/],
    ['may be repeated', { repeatable: true }, /"again":1/],
    ['is of another run', { runId: 'run_01M83T0C0N157MS0FWEXFGGEYD' }, /GEYD/],
    ['has no budget', { budgets: { run: null, tenantDay: null, vendorDay: null } }, /"budgets":{}/],
    ['has a budget of the day', { budgets: { run: 1_000, tenantDay: 5, vendorDay: null } }, /"tenant":"/],
  ])('is told anew of a call that %s', (_how, difference, held) => {
    const purchases = new Purchases(keys);
    purchases.of(request);
    expect(purchases.of({ ...request, ...difference }).shape.held).toMatch(held);
  });
});
