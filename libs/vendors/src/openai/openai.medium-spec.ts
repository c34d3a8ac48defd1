import { FORBIDDEN_IN_PROFILES, HONEST_TEXT, INJECTIONS } from '#libs/testing';
import { Simulator } from '../../test/simulator';
import { createApiDispatcher, UndiciHttpClient } from '../http/undici-http-client';
import { openaiVendor } from './openai.adapter';
import { openaiDescriptor } from './openai.descriptor';

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
beforeEach(() => simulator.reset(openaiDescriptor.id));

async function read(text: string) {
  const outcome = await openaiVendor.calls.read_profile?.(
    { domain: 'acme.example', text },
    {
      ...simulator.access(openaiDescriptor.id),
      http,
      deadlineMs: 10_000,
      signal: new AbortController().signal,
      resume: null,
    },
  );
  if (!outcome) throw new Error('nobody reads profiles');
  return outcome;
}

describe('a model that believes every word', () => {
  it('is of use where the page is honest', async () => {
    expect(await read(HONEST_TEXT)).toMatchObject({
      kind: 'ok',
      value: {
        summary: 'Acme Robotics builds warehouse robots for logistics companies.',
        products: ['warehouse robots'],
        sells_to: 'businesses',
        quotes: [
          'Acme Robotics builds warehouse robots for logistics companies.',
          'Its PalletBot moves 900 boxes an hour.',
        ],
      },
    });
  });

  it.each(INJECTIONS)('brings nothing of a page’s instructions into a profile: $says', async ({ says }) => {
    const outcome = await read(`${HONEST_TEXT} ${says}`.slice(0, 800));
    expect(['ok', 'empty', 'bad_response']).toContain(outcome.kind);
    const value = outcome.kind === 'ok' ? outcome.value : null;
    const values = value === null ? [] : [value.summary ?? '', ...value.products, ...value.quotes];
    expect(values.filter((said) => FORBIDDEN_IN_PROFILES.test(said))).toEqual([]);
  });

  it.each([
    ['prose', { kind: 'bad_response', detail: 'not JSON' }],
    ['truncated', { kind: 'bad_response', detail: 'cut off at its token limit' }],
    ['wrong-schema', { kind: 'bad_response', detail: 'not as the schema says' }],
    ['refusal', { kind: 'empty' }],
  ])('that answers with %s is understood as such, after one request', async (way, expected) => {
    expect(await read(`${HONEST_TEXT} simulated-model: ${way}`)).toMatchObject(expected);
    expect((await simulator.books(openaiDescriptor.id)).calls).toBe(1);
  });

  it('that makes things up is left with what stands in the text', async () => {
    const outcome = await read(`${HONEST_TEXT} simulated-model: hallucination`);
    expect(outcome).toMatchObject({ kind: 'ok', value: { products: [], quotes: [], sells_to: null } });
  });

  it('says what it took: tokens as the vendor counts them, and no more than reserved', async () => {
    const outcome = await read(HONEST_TEXT);
    const { units } = await simulator.books(openaiDescriptor.id);
    const [service] = openaiDescriptor.services;
    const load = service?.load as ((input: unknown) => { tokens: number }) | undefined;
    expect(outcome).toMatchObject({ kind: 'ok', units });
    expect(units).toBeLessThanOrEqual(service?.unitsMax ?? 0);
    expect(outcome.taken?.tokens).toBeLessThanOrEqual(load?.({ text: HONEST_TEXT }).tokens ?? 0);
  });

  it('counts tokens in a window of their own, and says how full it is', async () => {
    await simulator.set('caps', {
      vendor: openaiDescriptor.id,
      windows: [{ name: 'tokens', limit: 1_000, lengthMs: 60_000 }],
    });
    const first = await read(HONEST_TEXT);
    expect(first).toMatchObject({ kind: 'ok', readings: [{ window: 'tokens', limit: 1_000 }] });
    expect(first.readings?.[0]?.left).toBe(1_000 - (first.taken?.tokens ?? 0));
    const kinds: string[] = [];
    for (let i = 0; i < 6; i++) kinds.push((await read(`${HONEST_TEXT} ${i}`)).kind);
    expect(kinds.at(-1)).toBe('rate_limited');
  });
});
