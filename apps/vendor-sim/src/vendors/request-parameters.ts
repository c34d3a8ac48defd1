import type { VendorRequest } from './simulated-vendor.port';

/** A request's body as an object; null for one that is none. */
export function jsonBody({ body }: VendorRequest): Readonly<Record<string, unknown>> | null {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return null;
  }
  return isRecord(json) ? json : null;
}

/** The field as an object; an empty one where it is none. */
export function recordAt(from: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>> {
  let at: unknown = from;
  for (const name of path) at = isRecord(at) ? at[name] : undefined;
  return isRecord(at) ? at : {};
}

/** The field as text; '' where it is none. */
export function textAt(from: Readonly<Record<string, unknown>>, name: string): string {
  const value = from[name];
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : '';
}

/** The texts of a list; none where it is no list. */
export function textsAt(from: Readonly<Record<string, unknown>>, name: string): string[] {
  const value = from[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
