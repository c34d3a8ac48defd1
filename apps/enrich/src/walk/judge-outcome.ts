import type { CallOutcome } from '#libs/domain';
import { assertNever } from '#libs/kernel';
import type { KeptAnswer, Settlement } from '#libs/vendor-gate';
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
const QUOTA_CLOSED_MS = 3_600_000;

/** Pure: decides from the answer, the terms and the attempt (1 = first). */
export function judgeOutcome(answer: VendorOutcome<unknown>, terms: VendorTerms, attempt: number): Verdict {
  const free: Settlement = { kind: 'free', sent: true };
  switch (answer.kind) {
    case 'ok':
      return bought(answer.units, { kind: 'ok', value: answer.value }, terms);
    case 'empty':
      return bought(answer.units, { kind: 'empty' }, terms);
    case 'rate_limited':
      return {
        settlement: {
          ...free,
          lesson: { health: 'none', close: { forMs: answer.retryAfterMs, why: 'rate_limited' } },
        },
        retryInMs: answer.retryAfterMs,
      };
    case 'quota_exhausted':
      return {
        settlement: {
          ...free,
          lesson: {
            health: 'none',
            close: { forMs: answer.retryAfterMs ?? QUOTA_CLOSED_MS, why: 'quota' },
          },
        },
        outcome: failed('its quota is used up'),
      };
    case 'pending': {
      const { resume, inMs } = answer;
      const costMicro = terms.costPerUnitMicro * answer.units;
      return { settlement: { kind: 'pending', resume, inMs, costMicro }, retryInMs: inMs };
    }
    case 'auth_failed':
      return { settlement: free, outcome: failed('it refused our key') };
    case 'bad_request':
      return { settlement: free, outcome: failed('it refused the request') };
    case 'vendor_error':
      return againOr(free, attempt, VENDOR_ATTEMPTS, `it answered with status ${answer.status}`);
    case 'bad_response':
      return againOr(free, attempt, UNREADABLE_ATTEMPTS, 'its answer could not be read');
    case 'timeout_before_send':
      return againOr({ kind: 'free', sent: false }, attempt, VENDOR_ATTEMPTS, 'it could not be reached');
    case 'timeout_after_send':
      return terms.repeatable
        ? againOr(free, attempt, VENDOR_ATTEMPTS, 'it did not answer in time')
        : doubt(terms);
    default:
      return assertNever(answer);
  }
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

function failed(reason: string): CallOutcome {
  return { kind: 'failed', reason, costMicro: 0 };
}

function againOr(settlement: Settlement, attempt: number, attempts: number, reason: string): Verdict {
  return attempt < attempts ? { settlement } : { settlement, outcome: failed(reason) };
}

/** Sent, and nobody knows whether it was charged: counted at its full price until somebody resolves it. */
function doubt(terms: VendorTerms): Verdict {
  const costMicro = terms.costPerUnitMicro;
  return {
    settlement: { kind: 'doubt' },
    outcome: { kind: 'in_doubt', reason: 'sent, but no answer came', costMicro },
  };
}
