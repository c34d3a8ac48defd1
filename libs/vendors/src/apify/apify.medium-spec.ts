import { waitUntil } from '#libs/testing';
import { Simulator } from '../../test/simulator';
import { createApiDispatcher, UndiciHttpClient } from '../http/undici-http-client';
import { createVendorRegistry } from '../registry/vendor-registry';
import type { VendorOutcome } from '../vendor.port';
import { apifyVendor } from './apify.adapter';
import { apifyDescriptor } from './apify.descriptor';

const { id } = apifyDescriptor;
const dispatcher = createApiDispatcher();
const http = new UndiciHttpClient(dispatcher, 'test');
let simulator: Simulator;
beforeAll(async () => {
  simulator = await Simulator.start();
});
afterAll(async () => {
  await dispatcher.destroy();
  await simulator.stop();
});
beforeEach(() => simulator.reset(id));

const ask = async (resume: string | null): Promise<VendorOutcome<unknown>> => {
  const { signal } = new AbortController();
  const context = { ...simulator.access(id), http, deadlineMs: 10_000, signal, resume };
  const outcome = await apifyVendor.calls.find_signals?.({ domain: 'gitlab.com', name: 'GitLab' }, context);
  if (!outcome) throw new Error('nobody finds signals');
  return outcome;
};

describe('a purchase that takes a run', () => {
  it('is one unit, charged at the start, and one request a call until its items are read', async () => {
    const seen: VendorOutcome<unknown>[] = [];
    await waitUntil(
      async () => {
        const last = seen.at(-1);
        const outcome = await ask(last?.kind === 'pending' ? last.resume : null);
        seen.push(outcome);
        return outcome.kind !== 'pending';
      },
      { timeoutMs: 10_000, what: 'the run is over' },
    );
    expect(seen.at(-1)).toMatchObject({ kind: 'ok', units: 0 });
    expect(seen.map((outcome) => ('units' in outcome ? outcome.units : null))).toEqual([
      1,
      ...seen.slice(1).map(() => 0),
    ]);
    expect(await simulator.books(id)).toMatchObject({ calls: seen.length, units: 1 });
  });

  it.each(['server_error', 'rate_limit', 'garbage', 'reset'])(
    'goes on with the same run when a request about it ends with %s',
    async (kind) => {
      const started = await ask(null);
      const resume = started.kind === 'pending' ? started.resume : null;
      await simulator.set('faults', { vendor: id, kind, count: 1 });
      expect((await ask(resume)).kind).not.toBe('pending');
      await waitUntil(
        async () => {
          const outcome = await ask(resume);
          return outcome.kind === 'pending' && outcome.resume !== resume;
        },
        { timeoutMs: 10_000, what: 'the run has succeeded' },
      );
      expect(await simulator.books(id)).toMatchObject({ units: 1 });
    },
  );

  it('is taken up by the registry where it was left', async () => {
    const registry = createVendorRegistry({
      access: {
        [id]: { apiKey: simulator.access(id).apiKey ?? '', baseUrl: simulator.access(id).baseUrl.href },
      },
      offline: true,
    });
    try {
      const { signal } = new AbortController();
      const input = { domain: 'gitlab.com', name: 'GitLab' };
      const started = await registry.call(id, 'find_signals', input, { signal });
      expect(started).toMatchObject({ kind: 'pending', units: 1 });
      const resume = started.kind === 'pending' ? started.resume : null;
      await registry.call(id, 'find_signals', input, { signal, resume });
      expect(await simulator.books(id)).toMatchObject({ calls: 2, units: 1 });
    } finally {
      await registry.close();
    }
  });
});
