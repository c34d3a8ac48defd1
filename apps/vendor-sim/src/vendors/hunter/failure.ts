import type { VendorAnswer, WorkedAnswer } from '../simulated-vendor.port';

/** The vendor's shape of every error. */
export function failure(status: number, id: string, details: string): VendorAnswer {
  return { status, json: { errors: [{ id, code: status, details }] } };
}

/** An input that is refused, and buys nothing. */
export function wrongInput(id: string, details: string): WorkedAnswer {
  return { ...failure(400, id, details), purchase: null };
}
