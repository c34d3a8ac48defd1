import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATIONS, type Operation } from '#libs/contracts';
import { answered, ScriptedHttp } from '../../test/scripted-http';
import type { Vendor, VendorCall, VendorOutcome } from '../vendor.port';

/** An answer of the real vendor as its documentation shows it, and what it has to become. */
interface Recording {
  documented_at: string;
  says: string;
  op: Operation;
  input: never;
  /** `headers` and `body` where they matter: those named have to be sent so. */
  request: { method: string; url: string; headers?: Readonly<Record<string, string>>; body?: unknown };
  /** What the call before left as pending; absent for a first call. */
  resume?: string;
  answer: { status: number; headers: Readonly<Record<string, string>>; body: unknown };
  outcome: VendorOutcome<unknown>;
}

/** The key of every recorded request. */
const RECORDED_KEY = 'recorded-key';

/** Every recording of a vendor: what is asked, and what the answer becomes. `folder` holds one JSON file each. */
export function describeRecordings(vendor: Vendor, folder: string): void {
  const { descriptor, calls } = vendor;
  const recordings = readdirSync(folder).map(
    (file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording] as const,
  );

  describe(`documented answers of ${descriptor.title}`, () => {
    it.each(recordings)(
      '%s is read as it is meant',
      async (_, { op, input, request, resume, answer, outcome }) => {
        const http = new ScriptedHttp(() => answered(answer.body, answer));
        const call = calls[op] as VendorCall<Operation>;
        const got = await call(input, {
          apiKey: RECORDED_KEY,
          baseUrl: descriptor.defaultBaseUrl === null ? null : new URL(descriptor.defaultBaseUrl),
          http,
          deadlineMs: descriptor.deadlineMs,
          signal: new AbortController().signal,
          resume: resume ?? null,
        });
        expect(got).toEqual(outcome);
        if (got.kind === 'ok') expect(OPERATIONS[op].output.parse(got.value)).toEqual(got.value);
        expect(JSON.stringify(got)).not.toContain(RECORDED_KEY);
        expect(http.requests).toHaveLength(1);
        const [{ method, url, headers = {}, body } = unsent()] = http.requests;
        expect({ method, url: url.href }).toEqual({ method: request.method, url: request.url });
        expect(headers).toMatchObject(request.headers ?? {});
        if (request.body !== undefined) expect(JSON.parse(body ?? '')).toEqual(request.body);
        expect(whereIsTheKey(url, headers)).toBe(descriptor.auth);
      },
    );

    it('stand in the vendor’s own documentation', () => {
      const { host } = new URL(descriptor.docsUrl);
      expect(recordings.filter(([, { documented_at }]) => new URL(documented_at).host !== host)).toEqual([]);
    });

    it('tell of every operation with an answer', () => {
      const told = recordings.filter(([, { outcome }]) => outcome.kind === 'ok').map(([, { op }]) => op);
      expect([...new Set(told)].sort()).toEqual(Object.keys(calls).sort());
    });
  });
}

function unsent(): never {
  throw new Error('no request was sent');
}

/** How the key travelled; never in two ways at once. */
function whereIsTheKey(url: URL, headers: Readonly<Record<string, string>>): string {
  const ways = [
    ...(url.href.includes(RECORDED_KEY) ? ['query'] : []),
    ...Object.entries(headers)
      .filter(([, value]) => value.includes(RECORDED_KEY))
      .map(([name]) => (name === 'authorization' ? 'bearer' : 'header')),
  ];
  return ways.join(' and ') || 'none';
}
