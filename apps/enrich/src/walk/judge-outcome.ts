import type { CallOutcome } from '#libs/domain';
import { assertNever } from '#libs/kernel';
import type { KeptAnswer, Lesson, Settlement } from '#libs/vendor-gate';
import type { VendorOutcome } from '#libs/vendors';
import type { VendorTerms } from './vendor-desk.port';

/**
 * What follows from a vendor's answer: how the gate settles it, and what the walk records. Without an `outcome` the
 * call is made again: after `retryInMs` where the vendor named a time, else by the job's own backoff.
 */
export interface Verdict {
  settlement: Settlement;
  outcome?: CallOutcome;
  retryInMs?: number;
}

/** A vendor that fails this often for one company is passed over. */
const VENDOR_ATTEMPTS = 3;
/** An answer we cannot read is asked for once more, not as often as an outage. */
const UNREADABLE_ATTEMPTS = 2;
/** A quota whose end the vendor does not tell is looked at again after an hour. */
const UNTOLD_CLOSED_MS = 3_600_000;
/** A tenant's own key that is refused is tried again after so long, or at once when it is changed. */
const KEY_REFUSED_CLOSED_MS = 300_000;
const KEY_REFUSED = {
  none: 'it refused our key',
  stored: 'it refused the key that you have stored for it',
  unreadable: 'the key that you have stored for it cannot be read: store it again',
} as const;

/** Pure: decides from the answer, the terms, the attempt (1 = first), and how long the vendor took, ms. */
export function judgeOutcome(
  answer: VendorOutcome<unknown>,
  terms: VendorTerms,
  attempt: number,
  tookMs: number,
): Verdict {
  const verdict = verdictOn(answer, terms, attempt);
  const lesson: Lesson = {
    ...lessonOf(answer, terms),
    tookMs: Math.round(tookMs),
    ...(answer.readings && { readings: answer.readings }),
    ...(answer.taken && { taken: takenByWindow(answer.taken, terms) }),
  };
  return { ...verdict, settlement: { ...verdict.settlement, lesson } };
}

function verdictOn(answer: VendorOutcome<unknown>, terms: VendorTerms, attempt: number): Verdict {
  const free: Settlement = { kind: 'free', sent: true };
  switch (answer.kind) {
    case 'ok':
      return bought(answer.units, { kind: 'ok', value: answer.value }, terms);
    case 'empty':
      return bought(answer.units, { kind: 'empty' }, terms);
    case 'rate_limited':
      return { settlement: free, retryInMs: answer.retryAfterMs };
    case 'quota_exhausted':
      // The cap is closed by the lesson: the call waits for it, or passes on, by the operation's policy.
      return { settlement: free, retryInMs: answer.retryAfterMs ?? UNTOLD_CLOSED_MS };
    case 'pending': {
      const { resume, inMs } = answer;
      const costMicro = terms.costPerUnitMicro * answer.units;
      return { settlement: { kind: 'pending', resume, inMs, costMicro }, retryInMs: inMs };
    }
    case 'auth_failed':
    case 'bad_request':
      return { settlement: free, outcome: failed(whyRefused(answer.kind, terms)) };
    case 'vendor_error':
      return againOr(free, attempt, VENDOR_ATTEMPTS, `it answered with status ${answer.status}`);
    case 'bad_response':
      // It answered, so it may have charged: asking again could pay twice.
      return terms.repeatable
        ? againOr(free, attempt, UNREADABLE_ATTEMPTS, 'its answer could not be read')
        : doubt(terms, 'its answer could not be read');
    case 'timeout_before_send':
      return againOr({ kind: 'free', sent: false }, attempt, VENDOR_ATTEMPTS, 'it could not be reached');
    case 'timeout_after_send':
      return terms.repeatable
        ? againOr(free, attempt, VENDOR_ATTEMPTS, 'it did not answer in time')
        : doubt(terms, 'sent, but no answer came');
    default:
      return assertNever(answer);
  }
}

function lessonOf(
  answer: VendorOutcome<unknown>,
  { ownKey }: Pick<VendorTerms, 'ownKey'>,
): Pick<Lesson, 'health' | 'close'> {
  switch (answer.kind) {
    case 'ok':
    case 'empty':
    case 'pending':
      return { health: 'ok' };
    case 'rate_limited':
      return { health: 'none', close: { forMs: answer.retryAfterMs, why: 'rate_limited' } };
    case 'quota_exhausted':
      return { health: 'none', close: { forMs: answer.retryAfterMs ?? UNTOLD_CLOSED_MS, why: 'quota' } };
    case 'auth_failed':
      // Nobody else is asked with this key: who waits for it is told why, and it is tried again from time to time.
      return ownKey
        ? { health: 'none', close: { forMs: KEY_REFUSED_CLOSED_MS, why: 'key_refused' } }
        : { health: 'none' };
    case 'bad_request':
      return { health: 'none' };
    case 'vendor_error':
    case 'bad_response':
    case 'timeout_before_send':
    case 'timeout_after_send':
      return { health: 'fault' };
    default:
      return assertNever(answer);
  }
}

/** The gate knows windows by name; a vendor tells what it counts. */
function takenByWindow(
  taken: Readonly<Record<string, number>>,
  { measures }: VendorTerms,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(measures).flatMap(([window, measure]) => {
      const units = taken[measure];
      return units === undefined ? [] : [[window, units]];
    }),
  );
}

/** The vendor answered, with facts or knowing nothing: kept for as long as it stays fresh, at the price of its units. */
function bought(units: number, answer: KeptAnswer, terms: VendorTerms): Verdict {
  const costMicro = terms.costPerUnitMicro * units;
  const ttlMs = answer.kind === 'ok' ? terms.foundTtlMs : terms.emptyTtlMs;
  const outcome: CallOutcome =
    answer.kind === 'ok'
      ? { kind: 'found', output: answer.value, costMicro, simulated: terms.simulated }
      : { kind: 'empty', costMicro };
  return { settlement: { kind: 'keep', answer, ttlMs, costMicro }, outcome };
}

function whyRefused(kind: 'auth_failed' | 'bad_request', { ownKey }: Pick<VendorTerms, 'ownKey'>): string {
  return kind === 'auth_failed' ? KEY_REFUSED[ownKey ?? 'none'] : 'it refused the request';
}

function failed(reason: string): CallOutcome {
  return { kind: 'failed', reason, costMicro: 0 };
}

function againOr(settlement: Settlement, attempt: number, attempts: number, reason: string): Verdict {
  return attempt < attempts ? { settlement } : { settlement, outcome: failed(reason) };
}

/** Sent, and nobody knows whether it was charged: counted at the most it can cost until somebody resolves it. */
function doubt({ maxCostMicro: costMicro }: VendorTerms, reason: string): Verdict {
  return { settlement: { kind: 'doubt' }, outcome: { kind: 'in_doubt', reason, costMicro } };
}
