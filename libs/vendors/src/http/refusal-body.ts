import type { CodeMeaning, Refusal } from '../vendor.port';

/** A refusal says what it has to say at its beginning. */
const SAID_LENGTH_MAX = 500;
const BODY_BYTES_MAX = 64_000;

/** What a refused request's body means by the vendor's own list; null for a 2xx, and where nothing on the list fits. */
export function refusalMeaning(
  { status, body }: { status: number; body: Buffer },
  refusals: readonly Refusal[],
): CodeMeaning | null {
  if (status >= 200 && status < 300) return null;
  const candidates = refusals.filter((refusal) => refusal.status === undefined || refusal.status === status);
  if (candidates.length === 0 || body.length > BODY_BYTES_MAX) return null;
  const json = parse(body);
  return candidates.find(({ at, says }) => says.test(saidAt(json, at)))?.means ?? null;
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // A gateway's page in place of the vendor's own words: the status alone has to do.
    return null;
  }
}

function saidAt(json: unknown, path: string): string {
  let at = json;
  for (const name of path.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return '';
    at = (at as Record<string, unknown>)[name];
  }
  return typeof at === 'string' || typeof at === 'number' ? String(at).slice(0, SAID_LENGTH_MAX) : '';
}
