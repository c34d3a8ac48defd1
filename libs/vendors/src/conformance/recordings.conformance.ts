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
  request: { method: string; url: string };
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
    it.each(recordings)('%s is read as it is meant', async (_, { op, input, request, answer, outcome }) => {
      const http = new ScriptedHttp(() => answered(answer.body, answer));
      const call = calls[op] as VendorCall<Operation>;
      const got = await call(input, {
        apiKey: RECORDED_KEY,
        baseUrl: descriptor.defaultBaseUrl === null ? null : new URL(descriptor.defaultBaseUrl),
        http,
        deadlineMs: descriptor.deadlineMs,
        signal: new AbortController().signal,
        resume: null,
      });
      expect(got).toEqual(outcome);
      if (got.kind === 'ok') expect(OPERATIONS[op].output.parse(got.value)).toEqual(got.value);
      expect(JSON.stringify(got)).not.toContain(RECORDED_KEY);
      expect(http.requests.map(({ method, url }) => ({ method, url: url.href }))).toEqual([request]);
    });

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
