import type { z } from 'zod';
import type { SimulatorRequest } from '../http/simulator-request';
import { jsonAnswer, type HttpAnswer } from '../http/delivery';
import type { SimulatedVendor } from '../vendors/simulated-vendor.port';
import { SIMULATED_VENDORS } from '../vendors/vendor-list';
import { WEBSITES, WEBSITES_OP } from '../websites/serve-website';
import { capsProblems, capsSchema } from './caps';
import { readControlBody, wrong } from './control-body';
import { faultSchema } from './fault-plan';
import { latencySchema } from './latency-plan';
import { ledgerReport } from './ledger-report';
import type { SimulatorControls } from './simulator-controls';

type Route = (request: SimulatorRequest, controls: SimulatorControls) => HttpAnswer;

/** Who can be struck, slowed and capped: websites have no windows. */
type Subject = Pick<SimulatedVendor, 'id' | 'windows'> & { ops: readonly string[] };

const SUBJECTS: ReadonlyMap<string, Subject> = new Map(
  [
    { id: WEBSITES, windows: [], ops: [WEBSITES_OP] },
    ...SIMULATED_VENDORS.map(({ id, windows, routes }) => ({
      id,
      windows,
      ops: [...new Set(routes.map(({ op }) => op))],
    })),
  ].map((subject) => [subject.id, subject]),
);

/** By method and path. What is posted is answered with what now holds. */
const ROUTES: Readonly<Record<string, Route>> = {
  'GET /control/health': () => jsonAnswer(200, { status: 'ok', vendors: [...SUBJECTS.keys()] }),
  'GET /control/ledger': (_, controls) => jsonAnswer(200, ledgerReport(controls)),
  'GET /control/ledger/entries': ({ query }, { ledger }) => {
    const vendor = query.get('vendor');
    const entries = ledger.all().filter((entry) => vendor === null || entry.vendor === vendor);
    return jsonAnswer(200, { entries });
  },
  'DELETE /control/ledger': (_, { ledger, timeline, meter }) =>
    done(() => {
      ledger.clear();
      timeline.clear();
      meter.forgetUse();
    }),
  'GET /control/timeline': timelineRoute,
  'GET /control/faults': (_, { faults }) => jsonAnswer(200, { faults: faults.list() }),
  'POST /control/faults': (request, { faults }) =>
    posted(request, faultSchema, (fault) => {
      faults.add(fault);
      return jsonAnswer(200, { faults: faults.list() });
    }),
  'DELETE /control/faults': (_, { faults }) => done(() => faults.clear()),
  'GET /control/caps': (_, { meter }) => {
    const caps = [...SUBJECTS.values()].map((subject) => [subject.id, meter.of(subject).caps()] as const);
    return jsonAnswer(200, { caps: Object.fromEntries(caps) });
  },
  'POST /control/caps': (request, { meter }) =>
    posted(request, capsSchema, (caps, subject) => {
      const problems = capsProblems(caps, subject.windows);
      if (problems.length > 0) return wrong(problems);
      meter.setCaps(subject, caps);
      return jsonAnswer(200, { caps: { vendor: subject.id, ...meter.of(subject).caps() } });
    }),
  'DELETE /control/caps': (_, { meter }) => done(() => meter.clear()),
  'POST /control/latency': (request, { latency }) =>
    posted(request, latencySchema, (plan) => {
      latency.set(plan);
      return jsonAnswer(200, { latency: plan });
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

function timelineRoute({ query }: SimulatorRequest, { timeline }: SimulatorControls): HttpAnswer {
  const vendor = query.get('vendor') ?? '';
  if (!SUBJECTS.has(vendor)) return wrong([noSuchVendor(vendor)]);
  const [op, key] = [query.get('op'), query.get('key')];
  const { total, latest } = timeline.of(vendor);
  const arrivals = latest.filter(
    (arrival) => (op === null || arrival.op === op) && (key === null || arrival.key === key),
  );
  return jsonAnswer(200, { vendor, total, times: arrivals.map(({ atMs }) => atMs) });
}

function done(change: () => void): HttpAnswer {
  change();
  return jsonAnswer(200, { done: true });
}

/** A slip of the pen would strike nobody, and the test would pass for the wrong reason: unknown names are refused. */
function posted<Schema extends z.ZodType<{ vendor: string; op?: string | undefined }>>(
  request: SimulatorRequest,
  schema: Schema,
  apply: (value: z.output<Schema>, subject: Subject) => HttpAnswer,
): HttpAnswer {
  const body = readControlBody(request, schema);
  if (body.kind === 'wrong') return body.answer;
  const { vendor, op } = body.value;
  const subject = SUBJECTS.get(vendor);
  if (!subject) return wrong([noSuchVendor(vendor)]);
  if (op !== undefined && !subject.ops.includes(op)) {
    return wrong([`op: ${vendor} has no ${op}, but ${subject.ops.join(', ')}`]);
  }
  return apply(body.value, subject);
}

function noSuchVendor(vendor: string): string {
  return `vendor: there is no ${vendor}, but ${[...SUBJECTS.keys()].join(', ')}`;
}
