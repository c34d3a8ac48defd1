import { jsonAnswer, textAnswer, type Delivery, type HttpAnswer } from '../http/delivery';
import type { Fault } from './fault-plan';

/** What a request would have been, and how its vendor refuses. */
export interface StruckRequest {
  delayMs: number;
  /** Lets the request have its effect, the books included, and answers what should have been answered. */
  effect: () => HttpAnswer;
  /** Notes that it had none. */
  refuse: () => void;
  rateLimit: () => HttpAnswer;
  quota: () => HttpAnswer;
}

/**
 * A request that a fault strikes. `rate_limit`, `quota`, `server_error` and `timeout_before_effect` have no effect; with
 * all others the vendor has done its work, and only the answer does not arrive as it should.
 */
export function strike(fault: Fault, request: StruckRequest): Delivery {
  const delayMs = request.delayMs + (fault.latencyMs ?? 0);
  const refused = (answer: HttpAnswer): Delivery => {
    request.refuse();
    const retryAfter = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
    return { kind: 'whole', delayMs, answer: { ...answer, headers: { ...answer.headers, ...retryAfter } } };
  };
  switch (fault.kind) {
    case 'rate_limit':
      return refused(request.rateLimit());
    case 'quota':
      return refused(request.quota());
    case 'server_error':
      return refused(jsonAnswer(500, { error: 'internal server error' }));
    case 'timeout_before_effect':
      request.refuse();
      return { kind: 'silence', delayMs };
    case 'timeout_after_effect':
      request.effect();
      return { kind: 'silence', delayMs };
    case 'garbage':
      request.effect();
      return { kind: 'whole', delayMs, answer: textAnswer(200, GARBAGE, 'text/html') };
    case 'reset':
      request.effect();
      return { kind: 'reset', delayMs };
    case 'drip':
    case 'huge':
      return { kind: fault.kind, delayMs, answer: request.effect() };
  }
}

/** What a tired gateway says in place of the vendor. */
const GARBAGE = '<!doctype html><html><body><h1>Something went wrong</h1>{"data":';
