import { join } from 'node:path';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import { expectCpuTimeBelow } from '../../test/cpu-time';
import { describeRecordings } from '../conformance/recordings.conformance';
import type { VendorContext } from '../vendor.port';
import { hunterVendor } from './hunter.adapter';

describeRecordings(hunterVendor, join(__dirname, 'recordings'));

const answering = (body: unknown): VendorContext => ({
  apiKey: 'key',
  baseUrl: new URL('https://api.vendor.example'),
  http: new ScriptedHttp(() => answered(body)),
  deadlineMs: 1_000,
  signal: new AbortController().signal,
  resume: null,
});

describe('contacts', () => {
  const search = async (emails: readonly unknown[], titles: string[] = []) => {
    const outcome = await hunterVendor.calls.find_contacts?.(
      { domain: 'acme.example', titles },
      answering({ data: { emails } }),
    );
    return outcome?.kind === 'ok' ? outcome.value.contacts : outcome;
  };

  it('come with the wanted title first, people before role mailboxes, then by confidence', async () => {
    const contacts = await search(
      [
        { value: 'info@acme.example', type: 'generic', confidence: 99 },
        { value: 'low@acme.example', type: 'personal', confidence: 10 },
        { value: 'high@acme.example', type: 'personal', confidence: 90 },
        { value: 'cto@acme.example', type: 'personal', confidence: 1, position: 'CTO' },
      ],
      ['CTO'],
    );
    expect((contacts as { email: string }[]).map(({ email }) => email)).toEqual([
      'cto@acme.example',
      'high@acme.example',
      'low@acme.example',
      'info@acme.example',
    ]);
  });

  it('are ten at most', async () => {
    const many = Array.from({ length: 100 }, (_, i) => ({ value: `p${i}@acme.example`, confidence: i }));
    expect(await search(many)).toHaveLength(10);
  });

  it('are people’s words cleaned: no control or invisible characters, no endless lines', async () => {
    const contacts = await search([
      {
        value: 'a@acme.example',
        first_name: 'A\u0000d\u200ba',
        last_name: '  Ex\nample ',
        position: 'x'.repeat(5_000),
        confidence: 250.4,
      },
    ]);
    expect(contacts).toEqual([
      {
        first_name: 'Ada',
        last_name: 'Ex ample',
        title: `${'x'.repeat(119)}…`,
        email: 'a@acme.example',
        confidence: 100,
      },
    ]);
  });

  it.each([
    'no address',
    '@acme.example',
    'a@b',
    `${'a'.repeat(300)}@acme.example`,
    '=HYPERLINK("x")@acme.example',
  ])('are none where the address is %j', async (value) => {
    expect(await search([{ value }])).toEqual({ kind: 'empty', units: 0 });
  });

  it('of five megabytes are read in time', async () => {
    const huge = Array.from({ length: 20_000 }, (_, i) => ({
      value: `p${i}@acme.example`,
      position: 'Senior Vice President of Everything '.repeat(6),
    }));
    await expectCpuTimeBelow(500, () => search(huge, ['CTO', 'Head of Sales']));
  });
});

describe('the address of a person', () => {
  const ada = { first_name: 'Ada', last_name: 'Lovelace' };
  const find = (data: unknown) =>
    hunterVendor.calls.find_email?.({ domain: 'acme.example', ...ada }, answering({ data }));

  it('is that of the person asked for, however the vendor spells the name', async () => {
    expect(await find({ first_name: 'ADA', last_name: 'Lovelace-King', email: 'ada@acme.example' })).toEqual({
      kind: 'ok',
      units: 1,
      value: { email: 'ada@acme.example', confidence: null, title: null },
    });
  });

  it.each([
    { first_name: 'Grace', last_name: 'Hopper', email: 'grace@acme.example' },
    { first_name: null, last_name: null, email: 'info@acme.example' },
    { ...ada, email: 'not an address' },
    { ...ada, email: 'ada@acme.example', verification: { status: 'invalid' } },
  ])('is none, though charged, where the vendor has %j', async (data) => {
    expect(await find(data)).toEqual({ kind: 'empty', units: 1 });
  });

  it.each([{}, { ...ada, email: null }, { ...ada, email: '' }])('is none where there is %j', async (data) => {
    expect(await find(data)).toEqual({ kind: 'empty', units: 0 });
  });
});
