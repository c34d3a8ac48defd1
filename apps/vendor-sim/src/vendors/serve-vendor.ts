import { createHash } from 'node:crypto';
import type { SimulatorControls } from '../control/simulator-controls';
import { strike } from '../control/strike';
import type { SimulatorRequest } from '../http/simulator-request';
import { jsonAnswer, type Delivery, type HttpAnswer } from '../http/delivery';
import type { SimulatedRoute, SimulatedVendor, VendorAnswer, VendorRequest } from './simulated-vendor.port';
import { isSimulatorKey } from './simulator-key';
import { SIMULATED_VENDORS } from './vendor-list';

const VENDOR_PATH = /^\/vendors\/([^/]+)(\/.*)$/;

/**
 * One request to a vendor: its key, its caps, what is planned to go wrong, its answer. The books are written when the
 * request is taken, before any latency: a client that hangs up has bought all the same.
 */
export function serveVendor(request: SimulatorRequest, controls: SimulatorControls): Delivery {
  const { method, path, query, body } = request;
  const [, id, below] = VENDOR_PATH.exec(path) ?? [];
  const vendor = SIMULATED_VENDORS.find((candidate) => candidate.id === id);
  if (!vendor) return at(0, jsonAnswer(404, { error: 'no such vendor; GET /control/health lists them' }));
  const delayMs = controls.latency.of(vendor.id, `${path}?${query.toString()}\n${body}`);
  const routes = vendor.routes.filter((route) => route.path === below);
  const route = routes.find((candidate) => candidate.method === method);
  if (!route) return at(delayMs, jsonAnswer(routes.length > 0 ? 405 : 404, { error: 'no such route' }));
  return takeCall(vendor, route, request, controls, delayMs);
}

function takeCall(
  vendor: SimulatedVendor,
  route: SimulatedRoute,
  request: SimulatorRequest,
  controls: SimulatorControls,
  delayMs: number,
): Delivery {
  const { id, refusals } = vendor;
  const { ledger, meter, faults } = controls;
  const asked: VendorRequest = { ...request, path: {} };
  const key = vendor.apiKey(asked);
  if (key === null || !isSimulatorKey(id, key)) {
    ledger.refuse(id, 'bad_key');
    return at(delayMs, toHttp(refusals.badKey()));
  }
  const account = hashed(key);
  const full = meter.admit(vendor, account, performance.now());
  if (full !== null) {
    ledger.refuse(id, full);
    return at(delayMs, toHttp(full === 'quota' ? refusals.quota() : refusals.rateLimit()));
  }
  const fault = faults.take(id, route.op);
  const effect = (): HttpAnswer => {
    const { purchase, ...answer } = route.answer(asked);
    if (purchase === null) ledger.refuse(id, 'bad_request');
    else {
      ledger.record({ vendor: id, op: route.op, input: purchase.input, key: account, units: purchase.units });
      meter.spend(id, account, purchase.units);
    }
    return toHttp(answer);
  };
  if (fault === null) return at(delayMs, effect());
  return strike(fault, {
    delayMs,
    effect,
    refuse: () => ledger.refuse(id, 'fault'),
    rateLimit: () => toHttp(refusals.rateLimit()),
    quota: () => toHttp(refusals.quota()),
  });
}

function at(delayMs: number, answer: HttpAnswer): Delivery {
  return { kind: 'whole', answer, delayMs };
}

function toHttp({ status, json, headers }: VendorAnswer): HttpAnswer {
  return jsonAnswer(status, json, headers);
}

/** Enough to tell accounts apart; the books hold no keys. */
function hashed(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 12);
}
