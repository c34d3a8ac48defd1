import type { Operation } from '#libs/contracts';
import type { RateHeaders, VendorDescriptor, VendorWindow, WindowReading } from '../vendor.port';
import type { HttpHeaders } from './http-client';
import { parseDurationMs } from './duration';

const COUNT = /^\d{1,15}$/;
const NUMBER = /^\d{1,15}(\.\d{1,9})?$/;
/** As in `Retry-After`: anything else `Date.parse` might make sense of is no HTTP date. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

type Reset = NonNullable<RateHeaders['reset']>;

/**
 * What an answer's headers say of the vendor's windows: one reading for each that is told of and takes part in the
 * operation. Headers that cannot be read say nothing. A reset is never later than the window is long: a vendor's slip
 * must not close it for a year.
 */
export function rateReadings(
  { cap, rateHeaders = [] }: Pick<VendorDescriptor, 'cap' | 'rateHeaders'>,
  op: Operation,
  headers: HttpHeaders,
  nowMs: number,
): WindowReading[] {
  return rateHeaders.flatMap((told) => {
    const window = cap.windows.find(({ name, ops }) => name === told.window && (ops?.includes(op) ?? true));
    const reading = window && readWindow(told, window, headers, nowMs);
    return reading ? [reading] : [];
  });
}

function readWindow(
  told: RateHeaders,
  window: VendorWindow,
  headers: HttpHeaders,
  nowMs: number,
): WindowReading | null {
  const limit = count(told.limit, headers);
  const left = count(told.left, headers);
  const resetMs = told.reset ? resetInMs(told.reset, headers, nowMs) : null;
  if (limit === null && left === null && resetMs === null) return null;
  return {
    window: window.name,
    ...(limit === null ? {} : { limit }),
    ...(left === null ? {} : { left }),
    ...(resetMs === null ? {} : { resetInMs: Math.min(Math.max(Math.ceil(resetMs), 0), window.lengthMs) }),
  };
}

function count(name: string | undefined, headers: HttpHeaders): number | null {
  const text = name === undefined ? '' : (headers[name]?.trim() ?? '');
  return COUNT.test(text) ? Number(text) : null;
}

function resetInMs({ header, as }: Reset, headers: HttpHeaders, nowMs: number): number | null {
  const text = headers[header]?.trim() ?? '';
  if (as === 'duration') return parseDurationMs(text);
  if (as === 'http_date') {
    const until = HTTP_DATE.test(text) ? Date.parse(text) : NaN;
    return Number.isNaN(until) ? null : until - answeredAt(headers, nowMs);
  }
  if (!NUMBER.test(text)) return null;
  if (as === 'ms') return Number(text);
  if (as === 'seconds') return Number(text) * 1_000;
  return Number(text) * 1_000 - answeredAt(headers, nowMs);
}

/** The answer's own clock, where it has one: ours may be wrong. */
function answeredAt(headers: HttpHeaders, nowMs: number): number {
  const at = Date.parse(headers.date ?? '');
  return Number.isNaN(at) ? nowMs : at;
}
