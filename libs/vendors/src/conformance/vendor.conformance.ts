import { OPERATIONS, type Operation, type OperationInput } from '#libs/contracts';
import { waitUntil } from '#libs/testing';
import { closedPort } from '../../test/local-server';
import { rssGrowth } from '../../test/rss-growth';
import type { Simulator } from '../../test/simulator';
import { createApiDispatcher, UndiciHttpClient } from '../http/undici-http-client';
import type { Vendor, VendorCall, VendorContext, VendorOutcome } from '../vendor.port';

/** Inputs to ask any vendor of an operation with; what is absent, there is not. */
const SAMPLES: {
  readonly [Op in Operation]: {
    ok: OperationInput<Op>;
    empty?: OperationInput<Op>;
    /** One that a vendor who may have to work on an answer does have to work on. */
    slow?: OperationInput<Op>;
  };
} = {
  crawl_website: { ok: { domain: 'zencoder.com' }, empty: { domain: 'company-1.com' } },
  enrich_company: { ok: { domain: 'gitlab.com' }, empty: { domain: 'company-13.com' } },
  read_profile: {
    ok: { domain: 'gitlab.com', text: 'GitLab makes a DevSecOps platform for software teams.' },
  },
  find_email: {
    ok: { domain: 'gitlab.com', first_name: 'Stephen', last_name: 'Edwards' },
    empty: { domain: 'company-13.com', first_name: 'Ada', last_name: 'Example' },
  },
  find_signals: {
    ok: { domain: 'gitlab.com', name: 'GitLab' },
    empty: { domain: 'company-13.com', name: 'Company 13' },
  },
  find_contacts: {
    ok: { domain: 'gitlab.com', titles: ['CTO'] },
    empty: { domain: 'company-13.com', titles: ['CTO'] },
  },
  verify_email: {
    ok: { email: 'ada.example@gitlab.com.invalid' },
    slow: { email: 'person-7@gitlab.com.invalid' },
  },
};
const SHORT_MS = 600;
const SOON_MS = 100;
/** How much later than it should a call may end on a busy machine. */
const GRACE_MS = 1_000;
const RSS_GROWTH_MAX = 50_000_000;

type Outcome = VendorOutcome<unknown>;
type Sample = 'ok' | 'empty' | 'slow';

/**
 * What every vendor must do with every way a call can end, judged on the real simulator, which `simulator` answers once
 * tests run.
 */
export function describeVendorConformance(vendor: Vendor, simulator: () => Simulator): void {
  const { descriptor } = vendor;
  describe(descriptor.title, () => {
    const dispatcher = createApiDispatcher();
    const http = new UndiciHttpClient(dispatcher, 'conformance');
    const seen: { outcome: Outcome; key: string | null }[] = [];

    const askOnce: Suite['askOnce'] = async (op, sample = 'ok', options = {}) => {
      const call = vendor.calls[op] as VendorCall<Operation>;
      const context: VendorContext = {
        ...simulator().access(descriptor.id),
        http,
        deadlineMs: 10_000,
        signal: new AbortController().signal,
        resume: null,
        ...options,
      };
      const began = performance.now();
      const outcome = await call(SAMPLES[op][sample] as OperationInput<Operation>, context);
      seen.push({ outcome, key: context.apiKey });
      return { ...outcome, tookMs: performance.now() - began };
    };
    const ask: Suite['ask'] = async (op, sample, options) => {
      let outcome = await askOnce(op, sample, options);
      let units = 0;
      let askedAt = performance.now();
      const isOver = async (): Promise<boolean> => {
        if (outcome.kind !== 'pending') return true;
        // Sooner than the vendor says, but within its cap.
        if (performance.now() < askedAt + Math.min(outcome.inMs, SOON_MS)) return false;
        askedAt = performance.now();
        units += outcome.units;
        outcome = await askOnce(op, sample, { ...options, resume: outcome.resume });
        return false;
      };
      await waitUntil(isOver, { timeoutMs: 20_000, what: 'the vendor has worked on it' });
      return 'units' in outcome ? { ...outcome, units: units + outcome.units } : outcome;
    };
    const strike: Suite['strike'] = (kind, more = {}) =>
      simulator().set('faults', { vendor: descriptor.id, kind, ...more });

    beforeEach(() => simulator().reset(descriptor.id));
    afterEach(() => {
      const leaks = seen.filter(({ outcome, key }) => key !== null && JSON.stringify(outcome).includes(key));
      expect(leaks).toEqual([]);
    });
    afterAll(() => dispatcher.destroy());

    const suite = { descriptor, ask, askOnce, strike, simulator };
    describe.each(descriptor.services.map(({ op }) => op))('%s', (op) => {
      describeAnswers(op, suite);
      if (descriptor.defaultBaseUrl === null) describeWebsites(op, suite);
      else {
        describeApi(op, suite);
        describeReadings(op, suite);
        if (mayBePending(descriptor) && SAMPLES[op].slow) describePending(op, suite);
      }
    });
  });
}

function mayBePending({ codes = {} }: Vendor['descriptor']): boolean {
  return Object.values(codes).includes('pending');
}

type Ask = (
  op: Operation,
  sample?: Sample,
  options?: Partial<VendorContext>,
) => Promise<Outcome & { tookMs: number }>;

interface Suite {
  descriptor: Vendor['descriptor'];
  /** To the end: a vendor that works on it is asked again, and the units of all its answers are summed up. */
  ask: Ask;
  /** One call. */
  askOnce: Ask;
  strike: (kind: string, more?: Readonly<Record<string, unknown>>) => Promise<void>;
  simulator: () => Simulator;
}

/** What holds for any vendor. */
function describeAnswers(op: Operation, { descriptor, ask, simulator }: Suite): void {
  it('answers with facts as the operation promises, and says what they cost', async () => {
    const outcome = await ask(op);
    expect(outcome).toMatchObject({ kind: 'ok', units: expect.any(Number) });
    if (outcome.kind !== 'ok') return;
    expect(OPERATIONS[op].output.parse(outcome.value)).toEqual(outcome.value);
    const { units } = await simulator().books(descriptor.id);
    const { costPerUnitMicro } = descriptor.services.find((service) => service.op === op) ?? {};
    if (costPerUnitMicro !== 0) expect(outcome.units).toBe(units);
  });

  it('answers the same again', async () => {
    const { tookMs: _first, readings: _full, ...first } = await ask(op);
    const { tookMs: _second, readings: _fuller, ...second } = await ask(op);
    expect(second).toEqual(first);
  });

  if (SAMPLES[op].empty) {
    it('says so when there is nothing to be found', async () => {
      expect(await ask(op, 'empty')).toMatchObject({ kind: 'empty' });
    });
  }

  it('ends at once when its caller wants to stop', async () => {
    await simulator().set('latency', { vendor: descriptor.id, ms: 8_000 });
    const stop = new AbortController();
    const asked = ask(op, 'ok', { signal: stop.signal });
    await waitUntil(async () => (await simulator().books(descriptor.id)).calls > 0, {
      timeoutMs: 5_000,
      what: 'the request is taken',
    });
    const stopped = performance.now();
    stop.abort();
    expect(await asked).toMatchObject({ kind: 'timeout_after_send' });
    expect(performance.now() - stopped).toBeLessThan(GRACE_MS);
  });

  it('is not in doubt when nobody takes the connection', async () => {
    const baseUrl = new URL(`http://127.0.0.1:${await closedPort()}`);
    expect(await ask(op, 'ok', { baseUrl })).toMatchObject({ kind: 'timeout_before_send' });
  });

  it('does not begin for a caller who has stopped already', async () => {
    expect(await ask(op, 'ok', { signal: AbortSignal.abort() })).toMatchObject({
      kind: 'timeout_before_send',
    });
    expect((await simulator().books(descriptor.id)).calls).toBe(0);
  });
}

/** What holds for a vendor with an API. */
function describeApi(op: Operation, { descriptor, ask, askOnce, strike, simulator }: Suite): void {
  const books = () => simulator().books(descriptor.id);

  it('reports a key that is refused', async () => {
    expect(await ask(op, 'ok', { apiKey: 'canary-key-77' })).toMatchObject({ kind: 'auth_failed' });
    expect((await books()).refused).toEqual({ bad_key: 1 });
  });

  it.each([
    ['7', 7_000],
    ['0', 1_000],
    ['-30', 1_000],
    ['1000000000', 86_400_000],
    ['soon', 60_000],
    [undefined, 60_000],
  ])('slows down for as long as Retry-After %s says, within reason', async (retryAfter, retryAfterMs) => {
    await strike('rate_limit', retryAfter === undefined ? {} : { retryAfter });
    expect(await ask(op)).toMatchObject({ kind: 'rate_limited', retryAfterMs });
    expect((await books()).refused).toEqual({ fault: 1 });
  });

  it('slows down until the date that Retry-After names', async () => {
    await strike('rate_limit', { retryAfter: new Date(Date.now() + 60_000).toUTCString() });
    const outcome = await ask(op);
    expect(outcome).toMatchObject({ kind: 'rate_limited' });
    const { retryAfterMs = 0 } = outcome.kind === 'rate_limited' ? outcome : {};
    // A date is whole seconds, and some pass on a busy machine until the answer.
    expect(retryAfterMs).toBeGreaterThan(40_000);
    expect(retryAfterMs).toBeLessThanOrEqual(61_000);
  });

  it('tells a used-up quota from a rate limit', async () => {
    await strike('quota');
    expect(await ask(op)).toMatchObject({ kind: 'quota_exhausted', retryAfterMs: null });
  });

  it('reports the vendor’s own failure, asked once', async () => {
    await strike('server_error');
    expect(await ask(op)).toMatchObject({ kind: 'vendor_error', status: 500 });
    expect((await books()).refused).toEqual({ fault: 1 });
  });

  /** Of one that has begun to work by then, an unread answer leaves work that nobody can ask after. */
  const unread = async (): Promise<Outcome['kind']> =>
    (await askOnce(op)).kind === 'pending' ? 'timeout_after_send' : 'bad_response';

  it.each(['html', 'empty', 'truncated', 'wrong_types', 'not_a_number', 'deep'])(
    'does not believe garbage: %s',
    async (garbage) => {
      const kind = await unread();
      await strike('garbage', { garbage });
      expect(await ask(op)).toMatchObject({ kind });
    },
  );

  it('is not misled by an answer that reaches for the prototype of whoever reads it', async () => {
    await strike('garbage', { garbage: 'proto' });
    expect(['ok', 'bad_response']).toContain((await ask(op)).kind);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it('does not follow a vendor that sends it elsewhere', async () => {
    const kind = await unread();
    await strike('redirect', { location: '/control/health' });
    expect(['bad_request', 'vendor_error', kind]).toContain((await ask(op)).kind);
    expect((await books()).refused).toEqual({ fault: 1 });
  });

  it.each([false, true])(
    'cuts an answer without end, at once and in little memory (gzip: %s)',
    async (gzip) => {
      const kind = await unread();
      await strike('huge', { gzip });
      let outcome: Awaited<ReturnType<typeof ask>> | undefined;
      const growth = await rssGrowth(async () => {
        outcome = await ask(op);
      });
      expect(outcome).toMatchObject({ kind });
      expect(outcome?.tookMs).toBeLessThan(3_000);
      expect(growth).toBeLessThan(RSS_GROWTH_MAX);
    },
  );

  it.each(['drip', 'drip_headers', 'timeout_before_effect', 'timeout_after_effect'])(
    'is in doubt at its deadline after %s',
    async (kind) => {
      await strike(kind);
      const { tookMs, ...outcome } = await ask(op, 'ok', { deadlineMs: SHORT_MS });
      expect(outcome).toEqual({ kind: 'timeout_after_send' });
      // Node counts from when its event loop last looked at the clock: on a busy machine some of the time is over by then.
      expect(tookMs).toBeGreaterThan(SHORT_MS / 2);
      expect(tookMs).toBeLessThan(SHORT_MS + GRACE_MS);
    },
  );

  it('is in doubt when the connection is cut after the request, and does not ask again', async () => {
    await strike('reset');
    expect(await ask(op)).toMatchObject({ kind: 'timeout_after_send' });
    expect((await books()).calls).toBe(1);
  });

  it('notices the cap that the vendor enforces', async () => {
    await simulator().set('caps', { vendor: descriptor.id, windows: [{ limit: 1, lengthMs: 60_000 }] });
    // An account of its own: others have been used by then.
    const apiKey = `${simulator().access(descriptor.id).apiKey ?? ''}-cap`;
    expect(['ok', 'pending']).toContain((await askOnce(op, 'ok', { apiKey })).kind);
    expect((await askOnce(op, 'ok', { apiKey })).kind).toBe('rate_limited');
  });
}

/** What a vendor's headers tell of its windows is passed on, with every answer; nothing else is. */
function describeReadings(op: Operation, { descriptor, ask, strike, simulator }: Suite): void {
  const { cap, rateHeaders = [] } = descriptor;
  const windows = cap.windows.filter(
    ({ name, ops }) => rateHeaders.some(({ window }) => window === name) && (ops?.includes(op) ?? true),
  );
  const names = windows.map(({ name }) => name).sort();
  const namesIn = ({ readings = [] }: Outcome): string[] => readings.map(({ window }) => window).sort();
  // An account of its own, so that nobody else is counted.
  const apiKey = (suffix: string): string => `${simulator().access(descriptor.id).apiKey ?? ''}-${suffix}`;

  beforeEach(() => simulator().documentedCaps());

  it(`tells how full ${names.join(', ') || 'no window'} is, with answers and with refusals`, async () => {
    expect(namesIn(await ask(op))).toEqual(names);
    for (const kind of ['rate_limit', 'quota']) {
      await strike(kind, { count: 1 });
      expect(namesIn(await ask(op))).toEqual(names);
    }
    const { readings } = await ask(op, 'ok', { apiKey: 'canary-key-77' });
    expect(readings ?? []).toEqual([]);
  });

  // How much of other windows one call takes is the vendor's own business.
  const counted = windows.filter(({ measure }) => measure === undefined).map(({ name }) => name);
  if (counted.length === 0) return;
  it.each(counted)('tells by its headers that %s is full', async (name) => {
    const window = { name, limit: 1, lengthMs: 60_000, kind: 'sliding' };
    await simulator().set('caps', { vendor: descriptor.id, windows: [window] });
    const key = apiKey(`full-${op}-${name}`);
    expect(await ask(op, 'ok', { apiKey: key })).toMatchObject({ kind: 'ok' });
    const refused = await ask(op, 'ok', { apiKey: key });
    expect(refused).toMatchObject({ kind: 'rate_limited' });
    expect(refused.readings).toContainEqual(expect.objectContaining({ window: name, left: 0 }));
  });
}

/** What holds for a vendor that may have to work on an answer: it is asked again, and charges once. */
function describePending(op: Operation, { descriptor, askOnce: ask, simulator }: Suite): void {
  it('is asked again for what it is still working on, at one price', async () => {
    const first = await ask(op, 'slow');
    expect(first).toMatchObject({ kind: 'pending', resume: expect.any(String), inMs: expect.any(Number) });
    if (first.kind !== 'pending') return;
    expect(first.resume.length).toBeLessThanOrEqual(500);
    expect(first.inMs).toBeGreaterThanOrEqual(1_000);
    let units = first.units;
    let outcome: Outcome = first;
    await waitUntil(
      async () => {
        if (outcome.kind !== 'pending') return true;
        outcome = await ask(op, 'slow', { resume: outcome.resume });
        units += 'units' in outcome ? outcome.units : 0;
        return outcome.kind !== 'pending';
      },
      { timeoutMs: 10_000, what: 'the vendor is done' },
    );
    expect(outcome).toMatchObject({ kind: 'ok' });
    expect(units).toBe((await simulator().books(descriptor.id)).units);
  });
}

/** What holds where every company is its own server: its troubles are facts about it, and no vendor's failures. */
function describeWebsites(op: Operation, { ask, strike }: Suite): void {
  it.each(['rate_limit', 'quota', 'server_error', 'garbage', 'huge', 'reset', 'redirect'])(
    'takes a website with %s for one that says nothing',
    async (kind) => {
      await strike(kind);
      const outcome = await ask(op);
      expect(outcome).toMatchObject({ kind: 'empty' });
      expect(outcome.tookMs).toBeLessThan(5_000);
    },
  );

  it.each(['drip', 'drip_headers', 'timeout_before_effect', 'timeout_after_effect'])(
    'leaves a website with %s at its deadline, for all requests together',
    async (kind) => {
      await strike(kind);
      const outcome = await ask(op, 'ok', { deadlineMs: SHORT_MS });
      expect(outcome).toMatchObject({ kind: 'empty' });
      expect(outcome.tookMs).toBeLessThan(SHORT_MS + GRACE_MS);
    },
  );
}
