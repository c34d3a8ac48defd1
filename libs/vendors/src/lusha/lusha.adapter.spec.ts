import { join } from 'node:path';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import { describeRecordings } from '../conformance/recordings.conformance';
import type { VendorContext } from '../vendor.port';
import { lushaVendor } from './lusha.adapter';

describeRecordings(lushaVendor, join(__dirname, 'recordings'));

const answering = (body: unknown): VendorContext => ({
  apiKey: 'key',
  baseUrl: new URL('https://api.vendor.example'),
  http: new ScriptedHttp(() => answered(body)),
  deadlineMs: 1_000,
  signal: new AbortController().signal,
  resume: null,
});

describe('the address of a person', () => {
  const ada = { firstName: 'Ada', lastName: 'Lovelace' };
  const find = (data: unknown, isCreditCharged: boolean | undefined = true) =>
    lushaVendor.calls.find_email?.(
      { domain: 'acme.example', first_name: 'Ada', last_name: 'Lovelace' },
      answering({ contact: { error: null, isCreditCharged, data } }),
    );

  it.each([
    { firstName: 'Grace', lastName: 'Hopper', emailAddresses: [{ email: 'grace@acme.example' }] },
    { emailAddresses: [{ email: 'ada@acme.example' }] },
    { ...ada, emailAddresses: [{ email: 'ada@mail.example', emailType: 'private' }] },
    { ...ada, emailAddresses: [{ email: 'ada at acme' }] },
    { ...ada, emailAddresses: [] },
    { ...ada, emailAddresses: null },
    ada,
  ])('is none, though charged, where the vendor has %j', async (data) => {
    expect(await find(data)).toEqual({ kind: 'empty', units: 1 });
  });

  it('costs what the answer says', async () => {
    const data = { ...ada, emailAddresses: [{ email: 'ada@acme.example', emailType: 'work' }] };
    expect(await find(data, true)).toMatchObject({ kind: 'ok', units: 1 });
    expect(await find(data, false)).toMatchObject({ kind: 'ok', units: 0 });
    expect(await find(null, false)).toEqual({ kind: 'empty', units: 0 });
  });
});

describe('firm data', () => {
  const enrich = (data: unknown) =>
    lushaVendor.calls.enrich_company?.({ domain: 'acme.example' }, answering({ data, meta: {} }));

  it('are none where there is no company, and none though charged where there is only its name', async () => {
    expect(await enrich(null)).toEqual({ kind: 'empty', units: 0 });
    expect(await enrich({ id: 1, name: 'Acme' })).toEqual({ kind: 'empty', units: 1 });
  });

  it('are read where the vendor writes a link, a year or a revenue another way', async () => {
    const data = {
      id: '1',
      founded: 2011,
      mainIndustry: 'Technology',
      location: { country: 'Romania' },
      social: { linkedin: { url: 'https://www.linkedin.com/company/acme' } },
      revenueRange: [[1, 2]],
    };
    expect(await enrich(data)).toMatchObject({
      kind: 'ok',
      value: {
        founded: 2011,
        industry: 'Technology',
        country: 'RO',
        linkedin: 'https://www.linkedin.com/company/acme',
        revenue_usd: null,
      },
    });
  });
});

describe('contacts', () => {
  const search = async (contacts: readonly unknown[], titles: string[] = []) => {
    const outcome = await lushaVendor.calls.find_contacts?.(
      { domain: 'acme.example', titles },
      answering({ contacts }),
    );
    return outcome?.kind === 'ok' ? outcome.value.contacts : outcome;
  };

  it('are ten at most', async () => {
    const many = Array.from({ length: 50 }, (_, i) => ({ name: `Ada ${i}`, jobTitle: 'Engineer' }));
    expect(await search(many)).toHaveLength(10);
  });

  it('are people’s words cleaned, and have no last name where there is one name only', async () => {
    expect(await search([{ name: ' A\u200bda\u0000 ', jobTitle: null }])).toEqual([
      { first_name: 'Ada', last_name: null, title: null, email: null, confidence: null },
    ]);
  });

  it('without a name are none, though charged', async () => {
    expect(await search([{ jobTitle: 'CTO' }])).toEqual({ kind: 'empty', units: 1 });
  });
});
