import { Seeded } from '../../data/seeded';
import { vendorNowMs } from '../../control/vendor-clock';

/**
 * A run as its id tells it: what it was started with, and when. Nothing is remembered, so that a run outlives a restart as
 * it does at the vendor.
 */
export interface SimulatedRun {
  id: string;
  datasetId: string;
  query: string;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED-OUT';
}

const ID = /^[rd]([0-9a-f]{2,160})t([0-9a-z]{1,12})$/;
const QUERY_BYTES_MAX = 80;
const RUN_MS = { min: 100, max: 900 };

/** A new run, with an id that tells when it began. */
export function startRun(query: string): SimulatedRun {
  const bytes = Buffer.from(query.toLowerCase()).subarray(-QUERY_BYTES_MAX);
  return { ...runAt(bytes, vendorNowMs()), status: 'RUNNING' };
}

/** A run or, by its dataset's id, the run it is of; null for an id that no run ever had. */
export function runOf(id: string): SimulatedRun | null {
  const [, hex = '', startedAt = ''] = ID.exec(id) ?? [];
  return hex === '' ? null : runAt(Buffer.from(hex, 'hex'), parseInt(startedAt, 36));
}

function runAt(query: Buffer, startedAtMs: number): SimulatedRun {
  const tail = `${query.toString('hex')}t${Math.floor(startedAtMs).toString(36)}`;
  const text = query.toString();
  const seeded = new Seeded(text);
  const endsAtMs = startedAtMs + seeded.between('run', RUN_MS.min, RUN_MS.max);
  const end = seeded.weighted('end', { SUCCEEDED: 96, FAILED: 2, 'TIMED-OUT': 2 });
  return {
    id: `r${tail}`,
    datasetId: `d${tail}`,
    query: text,
    status: vendorNowMs() < endsAtMs ? 'RUNNING' : end,
  };
}
