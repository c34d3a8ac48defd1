import { AsyncLocalStorage } from 'node:async_hooks';

/** What every entry says of where it comes from, among its details. */
export interface AuditOrigin {
  /** The request in which it was done, as the answer's `x-request-id` names it. */
  request_id: string;
}

const origins = new AsyncLocalStorage<AuditOrigin>();

/** What is recorded while `act` goes on, at once or later, is from there. */
export function fromOrigin<Result>(origin: AuditOrigin, act: () => Result): Result {
  return origins.run(origin, act);
}

/** Undefined: nobody said. */
export function auditOrigin(): AuditOrigin | undefined {
  return origins.getStore();
}
