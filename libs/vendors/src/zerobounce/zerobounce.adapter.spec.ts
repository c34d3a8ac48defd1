import { join } from 'node:path';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import { describeRecordings } from '../conformance/recordings.conformance';
import { zerobounceVendor } from './zerobounce.adapter';

describeRecordings(zerobounceVendor, join(__dirname, 'recordings'));

describe('a verdict', () => {
  const verify = (body: unknown, status = 200) =>
    zerobounceVendor.calls.verify_email?.(
      { email: 'ada@acme.example' },
      {
        apiKey: 'key',
        baseUrl: new URL('https://api.vendor.example'),
        http: new ScriptedHttp(() => answered(body, { status })),
        deadlineMs: 1_000,
        signal: new AbortController().signal,
        resume: null,
      },
    );

  it('is read in either spelling of older releases', async () => {
    expect(await verify({ status: 'Catch-All' })).toMatchObject({
      kind: 'ok',
      value: { verdict: 'catch_all' },
    });
  });

  it.each([{ status: 'splendid' }, { status: null }, {}, []])('of %j is none', async (body) => {
    expect(await verify(body)).toMatchObject({ kind: 'bad_response' });
  });

  it('is about the address that was asked for, whatever the answer says', async () => {
    expect(await verify({ address: 'eve@elsewhere.example', status: 'valid' })).toMatchObject({
      value: { email: 'ada@acme.example' },
    });
  });

  it('of unknown is free, and every other is a credit', async () => {
    expect(await verify({ status: 'unknown' })).toMatchObject({ kind: 'ok', units: 0 });
    expect(await verify({ status: 'invalid' })).toMatchObject({ kind: 'ok', units: 1 });
  });

  it.each([
    [200, { error: 'Invalid API key or your account ran out of credits' }],
    [402, { error: 'Out of credits' }],
    [402, ''],
  ])('is refused to an account out of credit: %d %j', async (status, body) => {
    expect(await verify(body, status)).toEqual({ kind: 'quota_exhausted', retryAfterMs: null });
  });
});
