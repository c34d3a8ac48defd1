import { join } from 'node:path';
import { expectCpuTimeBelow } from '../../test/cpu-time';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import { describeRecordings } from '../conformance/recordings.conformance';
import type { VendorContext } from '../vendor.port';
import { apolloVendor } from './apollo.adapter';

describeRecordings(apolloVendor, join(__dirname, 'recordings'));

const answering = (body: unknown): VendorContext => ({
  apiKey: 'key',
  baseUrl: new URL('https://api.vendor.example'),
  http: new ScriptedHttp(() => answered(body)),
  deadlineMs: 1_000,
  signal: new AbortController().signal,
  resume: null,
});

describe('the address of a person', () => {
  const ada = { first_name: 'Ada', last_name: 'Lovelace' };
  const find = (person: unknown) =>
    apolloVendor.calls.find_email?.({ domain: 'acme.example', ...ada }, answering({ person }));

  it.each([
    { first_name: 'Grace', last_name: 'Hopper', email: 'grace@acme.example', email_status: 'verified' },
    { ...ada, email: 'email_not_unlocked@domain.com' },
    { ...ada, email: 'ada at acme' },
    { ...ada, email: 'ada@acme.example', email_status: 'bounced' },
    {},
  ])('is none, though charged, where the vendor has %j', async (person) => {
    expect(await find(person)).toEqual({ kind: 'empty', units: 1 });
  });

  it('is that of a person whose name the vendor knows in full', async () => {
    const person = { first_name: 'Ada Augusta', last_name: 'Lovelace', email: 'ada@acme.example' };
    expect(await find(person)).toMatchObject({ kind: 'ok', value: { email: 'ada@acme.example' } });
  });
});

describe('contacts', () => {
  const search = async (people: readonly unknown[], titles: string[] = []) => {
    const outcome = await apolloVendor.calls.find_contacts?.(
      { domain: 'acme.example', titles },
      answering({ people }),
    );
    return outcome?.kind === 'ok' ? outcome.value.contacts : outcome;
  };

  it('are ten at most, of a wanted title first, and otherwise as listed', async () => {
    const people = Array.from({ length: 25 }, (_, i) => ({ first_name: `P${i}`, title: 'Engineer' }));
    const contacts = await search([...people.slice(0, 20), { first_name: 'Ada', title: 'CTO' }], ['CTO']);
    expect((contacts as { first_name: string }[]).map(({ first_name }) => first_name)).toEqual([
      'Ada',
      ...people.slice(0, 9).map(({ first_name }) => first_name),
    ]);
  });

  it('have no last name where the vendor hides it, and are none without any name', async () => {
    const people = [{ first_name: 'Ada', last_name_obfuscated: 'Lo***e' }, { title: 'CTO' }];
    expect(await search(people)).toEqual([
      { first_name: 'Ada', last_name: null, title: null, email: null, confidence: null },
    ]);
  });

  it('of five megabytes are read in time', async () => {
    const huge = Array.from({ length: 20_000 }, (_, i) => ({
      first_name: `P${i}`,
      title: 'Senior Vice President of Everything '.repeat(6),
    }));
    await expectCpuTimeBelow(500, () => search(huge, ['CTO', 'Head of Sales']));
  });
});

describe('firm data', () => {
  it('are none, though charged, where the vendor knows a name and nothing else', async () => {
    const outcome = await apolloVendor.calls.enrich_company?.(
      { domain: 'acme.example' },
      answering({ organization: { name: 'Acme', estimated_num_employees: 0 } }),
    );
    expect(outcome).toEqual({ kind: 'empty', units: 1 });
  });
});

describe('out of credit', () => {
  const refused = (status: number, body: unknown) =>
    apolloVendor.calls.find_email?.(
      { domain: 'acme.example', first_name: 'Ada', last_name: 'Lovelace' },
      { ...answering(null), http: new ScriptedHttp(() => answered(body, { status })) },
    );

  it.each([
    [422, { error: 'You have insufficient credits to perform this action.' }],
    [403, { message: 'Insufficient credits. Please upgrade your plan.' }],
    [402, ''],
  ])('is told from other refusals: %d %j', async (status, body) => {
    expect(await refused(status, body)).toEqual({ kind: 'quota_exhausted', retryAfterMs: null });
  });
});
