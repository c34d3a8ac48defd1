import type { VendorOutcome } from '#libs/vendors';
import { judgeOutcome } from './judge-outcome';
import type { VendorTerms } from './vendor-desk.port';

const TERMS: VendorTerms = {
  cap: { id: 'sonar', concurrency: 1, windows: [] },
  measures: { tokens: 'tokens' },
  deadlineMs: 1_000,
  repeatable: false,
  costPerUnitMicro: 30_000,
  maxCostMicro: 30_000,
  foundTtlMs: 90,
  emptyTtlMs: 14,
  simulated: false,
};
const judge = (answer: VendorOutcome<unknown>, attempt = 1, terms = TERMS): ReturnType<typeof judgeOutcome> =>
  judgeOutcome(answer, terms, attempt, 12.4);

describe('what follows from a vendor’s answer', () => {
  it('keeps facts for the found time and charges their units', () => {
    const verdict = judge({ kind: 'ok', value: { contacts: [] }, units: 2 });
    expect(verdict.settlement).toMatchObject({ kind: 'keep', ttlMs: 90, costMicro: 60_000 });
    expect(verdict.outcome).toMatchObject({ kind: 'found', costMicro: 60_000 });
  });

  it('keeps "found nothing" for the shorter time, so that it is not bought again', () => {
    const verdict = judge({ kind: 'empty', units: 0 });
    expect(verdict.settlement).toMatchObject({ kind: 'keep', ttlMs: 14, costMicro: 0 });
    expect(verdict.outcome).toEqual({ kind: 'empty', costMicro: 0 });
  });

  it('closes the cap for as long as the vendor says, and asks again afterwards', () => {
    const verdict = judge({ kind: 'rate_limited', retryAfterMs: 7_000 });
    expect(verdict).toEqual({
      settlement: {
        kind: 'free',
        sent: true,
        lesson: { health: 'none', close: { forMs: 7_000, why: 'rate_limited' }, tookMs: 12 },
      },
      retryInMs: 7_000,
    });
  });

  it('closes the cap when a quota is used up, for an hour if nobody says for how long: what then is the policy’s affair', () => {
    const verdict = judge({ kind: 'quota_exhausted', retryAfterMs: null });
    expect(verdict.settlement.lesson?.close).toEqual({ forMs: 3_600_000, why: 'quota' });
    expect(verdict.outcome).toBeUndefined();
    expect(judge({ kind: 'quota_exhausted', retryAfterMs: 9_000 }).retryInMs).toBe(9_000);
  });

  it('closes the cap of a tenant’s own key that is refused, and says whose key it was', () => {
    const own = (ownKey: 'stored' | 'unreadable') => judge({ kind: 'auth_failed' }, 1, { ...TERMS, ownKey });
    expect(own('stored').settlement.lesson?.close).toEqual({ forMs: 300_000, why: 'key_refused' });
    expect(own('stored').outcome).toMatchObject({ reason: 'it refused the key that you have stored for it' });
    expect(own('unreadable').outcome).toMatchObject({
      reason: expect.stringMatching(/cannot be read/) as string,
    });
    expect(judge({ kind: 'auth_failed' }).settlement.lesson?.close).toBeUndefined();
  });

  it('goes on to the next vendor when a key or the request is refused', () => {
    expect(judge({ kind: 'auth_failed' }).outcome).toMatchObject({ kind: 'failed' });
    expect(judge({ kind: 'bad_request', detail: 'x' }).outcome).toMatchObject({ kind: 'failed' });
  });

  it.each([
    [{ kind: 'vendor_error', status: 503 }, 3],
    [{ kind: 'timeout_before_send' }, 3],
  ] as const)('asks again after %j until attempt %i, then passes the vendor over', (answer, attempts) => {
    expect(judge(answer, attempts - 1).outcome).toBeUndefined();
    expect(judge(answer, attempts).outcome).toMatchObject({ kind: 'failed', costMicro: 0 });
  });

  it('never repeats a paid call of unknown outcome, and counts it at its price', () => {
    expect(judge({ kind: 'timeout_after_send' })).toMatchObject({
      settlement: { kind: 'doubt' },
      outcome: { kind: 'in_doubt', costMicro: 30_000 },
    });
  });

  it('repeats a free call of unknown outcome', () => {
    const verdict = judge({ kind: 'timeout_after_send' }, 1, { ...TERMS, repeatable: true });
    expect(verdict.settlement).toMatchObject({ kind: 'free', sent: true });
    expect(verdict.outcome).toBeUndefined();
  });

  it('does not count a request that was never sent in the vendor’s windows', () => {
    expect(judge({ kind: 'timeout_before_send' }).settlement).toMatchObject({ kind: 'free', sent: false });
  });

  it('does not ask again for a paid answer that cannot be read: it may have been charged', () => {
    const answer = { kind: 'bad_response', detail: 'html' } as const;
    expect(judge(answer)).toMatchObject({
      settlement: { kind: 'doubt' },
      outcome: { kind: 'in_doubt', costMicro: 30_000 },
    });
    const free = { ...TERMS, repeatable: true };
    expect(judge(answer, 1, free).outcome).toBeUndefined();
    expect(judge(answer, 2, free).outcome).toMatchObject({ kind: 'failed' });
  });

  it('tells the gate how the vendor is, how full its windows are, and what the call took', () => {
    const readings = [{ window: 'minute', left: 3 }];
    const { lesson } = judge({
      kind: 'ok',
      value: {},
      units: 1,
      readings,
      taken: { tokens: 812 },
    }).settlement;
    expect(lesson).toEqual({ health: 'ok', readings, taken: { tokens: 812 }, tookMs: 12 });
    for (const kind of ['timeout_before_send', 'timeout_after_send'] as const) {
      expect(judge({ kind }).settlement.lesson?.health).toBe('fault');
    }
    expect(judge({ kind: 'bad_request', detail: '' }).settlement.lesson?.health).toBe('none');
  });
});
