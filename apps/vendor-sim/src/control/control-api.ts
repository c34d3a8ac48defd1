import type { z } from 'zod';
import type { SimulatorRequest } from '../http/simulator-request';
import { jsonAnswer, type HttpAnswer } from '../http/delivery';
import { SIMULATED_VENDORS } from '../vendors/vendor-list';
import { WEBSITES, WEBSITES_OP } from '../websites/serve-website';
import { faultSchema } from './fault-plan';
import { latencySchema } from './latency-plan';
import { capsSchema } from './request-meter';
import type { SimulatorControls } from './simulator-controls';

type Route = (request: SimulatorRequest, controls: SimulatorControls) => HttpAnswer;

/** By method and path. What is posted is answered with what now holds. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET /control/health': () => jsonAnswer(200, { status: 'ok', vendors: [...operations().keys()] }),
  'GET /control/ledger': (_, { ledger }) => jsonAnswer(200, ledger.summary()),
  'GET /control/ledger/entries': ({ query }, { ledger }) => {
    const vendor = query.get('vendor');
    const entries = ledger.all().filter((entry) => vendor === null || entry.vendor === vendor);
    return jsonAnswer(200, { entries });
  },
  'DELETE /control/ledger': (_, { ledger }) => done(() => ledger.clear()),
  'GET /control/faults': (_, { faults }) => jsonAnswer(200, { faults: faults.list() }),
  'POST /control/faults': (request, { faults }) =>
    posted(request, faultSchema, (fault) => {
      faults.add(fault);
      return { faults: faults.list() };
    }),
  'DELETE /control/faults': (_, { faults }) => done(() => faults.clear()),
  'POST /control/caps': (request, { meter }) =>
    posted(request, capsSchema, (caps) => {
      meter.setCaps(caps);
      return { caps };
    }),
  'DELETE /control/caps': (_, { meter }) => done(() => meter.clear()),
  'POST /control/latency': (request, { latency }) =>
    posted(request, latencySchema, (plan) => {
      latency.set(plan);
      return { latency: plan };
    }),
  'DELETE /control/latency': (_, { latency }) => done(() => latency.clear()),
};

/** Answers a request to the controls of the simulator; these are none of the simulated world's. */
export function answerControl(request: SimulatorRequest, controls: SimulatorControls): HttpAnswer {
  const route = ROUTES[`${request.method} ${request.path}`];
  if (route) return route(request, controls);
  return jsonAnswer(404, {
    error: 'no such route',
    problems: [`there are: ${Object.keys(ROUTES).join(', ')}`],
  });
}

function done(change: () => void): HttpAnswer {
  change();
  return jsonAnswer(200, { done: true });
}

function posted<Schema extends z.ZodType<{ vendor: string; op?: string | undefined }>>(
  { body }: SimulatorRequest,
  schema: Schema,
  apply: (value: z.output<Schema>) => unknown,
): HttpAnswer {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return badRequest(['the body is not JSON']);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    return badRequest(
      parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`),
    );
  }
  // A slip of the pen would strike nobody, and the test would pass for the wrong reason.
  const { vendor, op } = parsed.data;
  const known = operations().get(vendor);
  if (!known)
    return badRequest([`vendor: there is no ${vendor}, but ${[...operations().keys()].join(', ')}`]);
  if (op !== undefined && !known.includes(op)) {
    return badRequest([`op: ${vendor} has no ${op}, but ${known.join(', ')}`]);
  }
  return jsonAnswer(200, apply(parsed.data));
}

function badRequest(problems: readonly string[]): HttpAnswer {
  return jsonAnswer(400, { error: 'bad request', problems });
}

/** By vendor, websites included. */
function operations(): Map<string, string[]> {
  const vendors = SIMULATED_VENDORS.map(({ id, routes }) => [id, routes.map(({ op }) => op)] as const);
  return new Map([[WEBSITES, [WEBSITES_OP]], ...vendors]);
}
