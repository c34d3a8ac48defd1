import { matchRoute } from '../src/vendors/match-route';
import type { SimulatedVendor, VendorRequest, WorkedAnswer } from '../src/vendors/simulated-vendor.port';

/** What a vendor answers to a request that nothing hinders. Throws where it has no such route. */
export function askVendor(
  vendor: SimulatedVendor,
  method: 'GET' | 'POST',
  target: string,
  body?: unknown,
): WorkedAnswer & { json: never } {
  const { pathname, searchParams } = new URL(target, 'http://vendor.invalid');
  const match = matchRoute(vendor.routes, method, pathname);
  if (match.kind !== 'found') throw new Error(`${vendor.id} has no ${method} ${pathname}`);
  const request: VendorRequest = {
    path: match.path,
    query: searchParams,
    headers: {},
    body: body === undefined ? '' : JSON.stringify(body),
  };
  return match.route.answer(request) as WorkedAnswer & { json: never };
}
