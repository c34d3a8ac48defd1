import { hash } from 'node:crypto';
import type { SimulatorControls } from '../control/simulator-controls';
import { strike } from '../control/strike';
import { vendorNowMs } from '../control/vendor-clock';
import type { Admission } from '../control/vendor-meter';
import type { SimulatorRequest } from '../http/simulator-request';
import { jsonAnswer, textAnswer, type Delivery, type HttpAnswer } from '../http/delivery';
import { matchRoute } from './match-route';
import type {
  Purchase,
  SimulatedRoute,
  SimulatedVendor,
  VendorAnswer,
  VendorRequest,
} from './simulated-vendor.port';
import { isSimulatorKey } from './simulator-key';
import { SIMULATED_VENDORS } from './vendor-list';

const VENDOR_PATH = /^\/vendors\/([^/]+)(\/.*)$/;
const VENDORS = new Map(SIMULATED_VENDORS.map((vendor) => [vendor.id, vendor]));

/** A request to a route there is, with a key the vendor knows. */
interface Call {
  vendor: SimulatedVendor;
  route: SimulatedRoute;
  asked: VendorRequest;
  /** The path below the vendor, as sent. */
  below: string;
  /** Whose it is: the key, hashed. */
  account: string;
  delayMs: number;
}

/**
 * One request to a vendor: its key, its caps, what is planned to go wrong, its answer. The books are written when the
 * request is taken, before any latency: a client that hangs up has bought all the same.
 */
export function serveVendor(request: SimulatorRequest, controls: SimulatorControls): Delivery {
  const { method, path, query, body } = request;
  const [, id = '', below = ''] = VENDOR_PATH.exec(path) ?? [];
  const vendor = VENDORS.get(id);
  if (!vendor) return at(0, jsonAnswer(404, { error: 'no such vendor; GET /control/health lists them' }));
  const delayMs = controls.latency.of(vendor.id, `${path}?${query.toString()}\n${body}`);
  const match = matchRoute(vendor.routes, method, below);
  if (match.kind !== 'found') {
    return at(delayMs, jsonAnswer(match.kind === 'other_method' ? 405 : 404, { error: 'no such route' }));
  }
  const asked: VendorRequest = { ...request, path: match.path };
  const key = vendor.apiKey(asked);
  if (key === null || !isSimulatorKey(id, key)) {
    controls.ledger.refuse(id, 'bad_key');
    return at(delayMs, toHttp(vendor.refusals.badKey()));
  }
  return takeCall({ vendor, route: match.route, asked, below, account: hashed(key), delayMs }, controls);
}

function takeCall(call: Call, controls: SimulatorControls): Delivery {
  const { vendor, route, asked, below, account, delayMs } = call;
  const { id, refusals } = vendor;
  const { ledger, meter, faults, timeline } = controls;
  const nowMs = vendorNowMs();
  const admission = meter.admit(
    vendor,
    { op: route.op, isFree: route.isFree, key: account, request: asked },
    nowMs,
  );
  const answer = (what: VendorAnswer): HttpAnswer => toHttp(withRateHeaders(what, vendor, admission));
  if (admission.refusal !== null) {
    ledger.refuse(id, admission.refusal);
    const isFull = admission.refusal === 'rate_limit';
    return at(delayMs, answer(isFull ? refusals.rateLimit(admission.full) : refusals.quota()));
  }
  timeline.add(id, { atMs: nowMs, op: route.op, key: account });
  const effect = (): HttpAnswer => answer(takeEffect(call, controls));
  const fault = faults.take({ vendor: id, op: route.op, path: below });
  if (fault === null) return { ...at(delayMs, effect()), hungUp: () => ledger.hangUp(id) };
  return strike(fault, {
    delayMs,
    location: `/vendors/${id}${below}`,
    effect,
    refuse: () => ledger.refuse(id, 'fault'),
    rateLimit: () => answer(refusals.rateLimit(null)),
    quota: () => answer(refusals.quota()),
  });
}

function takeEffect(
  { vendor, route, asked, account }: Call,
  { ledger, meter }: SimulatorControls,
): VendorAnswer {
  const { purchase, ...answer } = route.answer(asked);
  if (purchase === null) {
    ledger.refuse(vendor.id, 'bad_request');
    return answer;
  }
  const purchases: readonly Purchase[] = 'units' in purchase ? [purchase] : purchase;
  ledger.record({ vendor: vendor.id, op: route.op, key: account }, purchases);
  meter.spend(
    vendor,
    account,
    purchases.reduce((sum, { units }) => sum + units, 0),
  );
  return answer;
}

function withRateHeaders(
  answer: VendorAnswer,
  vendor: SimulatedVendor,
  { windows }: Admission,
): VendorAnswer {
  if (!vendor.rateHeaders) return answer;
  return { ...answer, headers: { ...vendor.rateHeaders(windows), ...answer.headers } };
}

function at(delayMs: number, answer: HttpAnswer): Delivery {
  return { kind: 'whole', answer, delayMs };
}

function toHttp({ status, json, text, headers }: VendorAnswer): HttpAnswer {
  if (text === undefined) return jsonAnswer(status, json, headers);
  const answer = textAnswer(status, text);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** Enough to tell accounts apart; the books hold no keys. */
function hashed(key: string): string {
  return hash('sha256', key, 'hex').slice(0, 12);
}
