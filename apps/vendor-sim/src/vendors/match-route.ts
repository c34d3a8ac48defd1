import type { SimulatedRoute } from './simulated-vendor.port';

/** A route with what stood for its `:name` segments; or why there is none. */
export type RouteMatch =
  | { kind: 'found'; route: SimulatedRoute; path: Readonly<Record<string, string>> }
  | { kind: 'no_path' }
  | { kind: 'other_method' };

/** The first of a vendor's routes that fits a method and a path below the vendor, as sent, percent-encoded. */
export function matchRoute(routes: readonly SimulatedRoute[], method: string, path: string): RouteMatch {
  const segments = path.split('/');
  let isKnown = false;
  for (const route of routes) {
    const values = segmentValues(route.path.split('/'), segments);
    if (values === null) continue;
    if (route.method === method) return { kind: 'found', route, path: values };
    isKnown = true;
  }
  return { kind: isKnown ? 'other_method' : 'no_path' };
}

function segmentValues(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | null {
  if (pattern.length !== segments.length) return null;
  const values: Record<string, string> = {};
  for (const [i, wanted] of pattern.entries()) {
    const segment = segments[i] ?? '';
    if (!wanted.startsWith(':')) {
      if (wanted !== segment) return null;
      continue;
    }
    const value = decoded(segment);
    if (value === null || value === '') return null;
    values[wanted.slice(1)] = value;
  }
  return values;
}

/** Null for what no client encodes like that. */
function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
