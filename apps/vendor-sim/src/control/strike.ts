import { jsonAnswer, textAnswer, type Delivery, type HttpAnswer } from '../http/delivery';
import type { Fault } from './fault-plan';
import { garbled } from './garbage';

/** What a request would have been, and how its vendor refuses. */
export interface StruckRequest {
  delayMs: number;
  /** The address that was asked for. */
  location: string;
  /** Lets the request have its effect, the books included, and answers what should have been answered. */
  effect: () => HttpAnswer;
  /** Notes that it had none. */
  refuse: () => void;
  rateLimit: () => HttpAnswer;
  quota: () => HttpAnswer;
}

/**
 * A request that a fault strikes. `rate_limit`, `quota`, `server_error`, `redirect` and `timeout_before_effect` have no
 * effect; with all others the vendor has done its work, and only the answer does not arrive as it should.
 */
export function strike(fault: Fault, request: StruckRequest): Delivery {
  const delayMs = request.delayMs + (fault.latencyMs ?? 0);
  switch (fault.kind) {
    case 'rate_limit':
    case 'quota':
    case 'server_error':
    case 'redirect':
      request.refuse();
      return { kind: 'whole', delayMs, answer: withRetryAfter(refusalOf(fault.kind, fault, request), fault) };
    case 'timeout_before_effect':
      request.refuse();
      return { kind: 'silence', delayMs };
    case 'timeout_after_effect':
      request.effect();
      return { kind: 'silence', delayMs };
    case 'garbage':
      return { kind: 'whole', delayMs, answer: garbled(request.effect(), fault.garbage ?? 'html') };
    case 'reset':
      request.effect();
      return { kind: 'reset', delayMs };
    case 'drip':
    case 'drip_headers':
      return { kind: fault.kind, delayMs, answer: request.effect() };
    case 'huge':
      return { kind: 'huge', delayMs, answer: request.effect(), gzip: fault.gzip ?? false };
  }
}

function refusalOf(
  kind: 'rate_limit' | 'quota' | 'server_error' | 'redirect',
  fault: Fault,
  request: StruckRequest,
): HttpAnswer {
  switch (kind) {
    case 'rate_limit':
      return request.rateLimit();
    case 'quota':
      return request.quota();
    case 'server_error':
      return jsonAnswer(500, { error: 'internal server error' });
    case 'redirect': {
      const answer = textAnswer(302, 'Found\n');
      return { ...answer, headers: { ...answer.headers, location: fault.location ?? request.location } };
    }
  }
}

function withRetryAfter(answer: HttpAnswer, { retryAfter }: Fault): HttpAnswer {
  if (retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': retryAfter } };
}
