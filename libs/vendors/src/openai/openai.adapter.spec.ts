import { join } from 'node:path';
import { FORBIDDEN_IN_PROFILES, HONEST_TEXT, INJECTIONS } from '#libs/testing';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import { describeRecordings } from '../conformance/recordings.conformance';
import type { HttpRequest, HttpResult } from '../http/http-client';
import type { VendorContext } from '../vendor.port';
import { openaiVendor } from './openai.adapter';
import { openaiDescriptor } from './openai.descriptor';

describeRecordings(openaiVendor, join(__dirname, 'recordings'));

const JSON_TYPE = { headers: { 'content-type': 'application/json' } };
const USAGE = { prompt_tokens: 400, completion_tokens: 60, total_tokens: 460 };
const NOTHING = '{"summary":null,"products":[],"sells_to":null,"quotes":[]}';

const completion = (content: string | null, finish_reason = 'stop') =>
  answered(
    { choices: [{ index: 0, finish_reason, message: { content, refusal: null } }], usage: USAGE },
    JSON_TYPE,
  );

async function read(
  text: string,
  script: (request: HttpRequest) => HttpResult,
  more: Partial<VendorContext> = {},
) {
  const http = new ScriptedHttp(script);
  const context: VendorContext = {
    apiKey: 'canary-key',
    baseUrl: new URL('https://api.vendor.example/base'),
    http,
    deadlineMs: 1_000,
    signal: new AbortController().signal,
    resume: null,
    ...more,
  };
  const outcome = await openaiVendor.calls.read_profile?.({ domain: 'acme.example', text }, context);
  return { http, outcome };
}

interface Asked {
  messages: { role: string; content: string }[];
  response_format: { type: string; json_schema: { strict: boolean } };
  [member: string]: unknown;
}
const askedOf = (http: ScriptedHttp): Asked => JSON.parse(http.requests[0]?.body ?? '') as Asked;

describe('what the model is asked', () => {
  it('is one request for structured output, with no tools and nothing kept', async () => {
    const { http } = await read(HONEST_TEXT, () => completion(NOTHING));
    const asked = askedOf(http);
    expect(http.requests.map(({ url }) => url.href)).toEqual([
      'https://api.vendor.example/base/v1/chat/completions',
    ]);
    expect(asked).toMatchObject({
      model: 'gpt-4o-mini',
      store: false,
      max_completion_tokens: 400,
      response_format: { type: 'json_schema', json_schema: { strict: true } },
    });
    expect(asked).not.toHaveProperty('tools');
    expect(JSON.stringify(asked)).not.toContain('canary-key');
  });

  it('keeps the page between marks that differ from call to call', async () => {
    const marks = await Promise.all(
      [1, 2].map(async () => {
        const { http } = await read(HONEST_TEXT, () => completion(NOTHING));
        return /^\[([0-9a-f]{24})\]\n/.exec(askedOf(http).messages[1]?.content ?? '')?.[1];
      }),
    );
    expect(marks[0]).toMatch(/^[0-9a-f]{24}$/);
    expect(marks[0]).not.toBe(marks[1]);
  });

  it('is nothing where there is nothing to read', async () => {
    const { http, outcome } = await read(' \u200b\n ', () => completion(NOTHING));
    expect(outcome).toEqual({ kind: 'empty', units: 0 });
    expect(http.requests).toEqual([]);
  });

  it('takes no more tokens and money than was reserved, by a rough count of its own', async () => {
    const text = 'Wir bauen Lagerroboter für Logistiker in ganz Europa. '.repeat(15).slice(0, 800);
    const { http } = await read(text, () => completion(NOTHING));
    const { messages, response_format } = askedOf(http);
    const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
    const prompt = (characters + JSON.stringify(response_format).length) / 3.5;
    const [service] = openaiDescriptor.services;
    const load = service?.load as ((input: unknown) => { tokens: number }) | undefined;
    expect(load?.({ text }).tokens).toBeGreaterThanOrEqual(prompt + 400);
    expect(service?.unitsMax).toBeGreaterThanOrEqual(Math.ceil(prompt * 0.15 + 400 * 0.6));
  });

  it('is sent by us alone: the environment adds no header, no organization and no other address', async () => {
    const before = { ...process.env };
    Object.assign(process.env, {
      OPENAI_BASE_URL: 'https://elsewhere.example',
      OPENAI_CUSTOM_HEADERS: 'authorization: Bearer stolen\nx-extra: 1',
      OPENAI_ORG_ID: 'org-env',
      OPENAI_LOG: 'debug',
    });
    try {
      const { http } = await read(HONEST_TEXT, () => completion(NOTHING));
      expect(http.requests[0]?.url.host).toBe('api.vendor.example');
      expect(http.requests[0]?.headers).toEqual({
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: 'Bearer canary-key',
      });
    } finally {
      process.env = before;
    }
  });
});

describe('an answer of the model', () => {
  it.each([
    ['prose', 'Sure! Acme builds robots.', 'not JSON'],
    ['nothing', '', 'not JSON'],
    ['null', null, 'not JSON'],
    ['another shape', '{"answer":42}', 'not as the schema says'],
  ])(
    'that is %s is one that cannot be read, asked for once, and counted in its window',
    async (_, content, detail) => {
      const { http, outcome } = await read(HONEST_TEXT, () => completion(content));
      expect(outcome).toEqual({
        taken: { tokens: 460 },
        tokens: { input: 400, output: 60 },
        kind: 'bad_response',
        detail,
      });
      expect(http.requests).toHaveLength(1);
    },
  );

  it.each([
    ['no choices', { choices: [], usage: USAGE }],
    ['no usage', { choices: [{ finish_reason: 'stop', message: { content: NOTHING } }] }],
    ['negative usage', { choices: [{ message: {} }], usage: { ...USAGE, total_tokens: -5 } }],
    ['a list', []],
  ])('without what a completion has is none: %s', async (_, body) => {
    expect((await read(HONEST_TEXT, () => answered(body, JSON_TYPE))).outcome).toEqual({
      kind: 'bad_response',
      detail: 'no completion',
    });
  });

  it('of which the text bears out nothing has found nothing, and costs its tokens', async () => {
    const invented =
      '{"summary":null,"products":["DroneBot"],"sells_to":"both","quotes":["made up from end to end"]}';
    const { outcome } = await read(HONEST_TEXT, () => completion(invented));
    expect(outcome).toEqual({
      taken: { tokens: 460 },
      tokens: { input: 400, output: 60 },
      kind: 'empty',
      units: 96,
    });
  });

  it.each(INJECTIONS)('that obeys the page stays within its bounds: $says', async ({ says, obeyed }) => {
    const answer = { summary: obeyed, products: [obeyed], sells_to: 'both', quotes: [obeyed] };
    const { outcome } = await read(`${HONEST_TEXT} ${says}`, () => completion(JSON.stringify(answer)));
    const value = outcome?.kind === 'ok' ? outcome.value : null;
    const values = value === null ? [] : [value.summary ?? '', ...value.products, ...value.quotes];
    expect(values.filter((said) => FORBIDDEN_IN_PROFILES.test(said))).toEqual([]);
  });
});

describe('a failure', () => {
  it.each([
    [{ kind: 'failed', sent: true, code: 'DEADLINE' }, { kind: 'timeout_after_send' }],
    [{ kind: 'failed', sent: false, code: 'ECONNREFUSED' }, { kind: 'timeout_before_send' }],
    [
      { kind: 'unreadable', status: 200, headers: {}, detail: 'a body of more than 5 bytes' },
      { kind: 'bad_response', detail: 'a body of more than 5 bytes' },
    ],
    [
      answered('<html>Busy</html>', { headers: { 'content-type': 'text/html' } }),
      { kind: 'bad_response', detail: 'no completion' },
    ],
    [answered('{"choices":[', JSON_TYPE), { kind: 'bad_response', detail: 'no completion' }],
    [answered('', { status: 204 }), { kind: 'bad_response', detail: 'no completion' }],
    [
      answered('', { status: 307, headers: { location: 'https://elsewhere.example' } }),
      { kind: 'bad_response', detail: 'status 307' },
    ],
    [
      answered('x', { status: 429, headers: { 'x-should-retry': 'true', 'retry-after-ms': '1' } }),
      { kind: 'rate_limited', retryAfterMs: 60_000 },
    ],
  ] as const)('is told as it is, and never asked again by the client: %#', async (result, outcome) => {
    const { http, outcome: got } = await read(HONEST_TEXT, () => result);
    expect(got).toEqual(outcome);
    expect(http.requests).toHaveLength(1);
  });
});
