import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerControl } from '../control/control-api';
import type { SimulatorControls } from '../control/simulator-controls';
import { serveVendor } from '../vendors/serve-vendor';
import { serveWebsite } from '../websites/serve-website';
import { deliver } from './deliver';
import { jsonAnswer, type Delivery, type HttpAnswer } from './delivery';
import { readBody } from './read-body';
import type { SimulatorRequest } from './simulator-request';
import { siteHost } from './site-host';

/** Takes a request, lets it have its effect, and answers it. Throws on faults of the simulator's own only. */
export async function answerRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
  controls: SimulatorControls,
): Promise<void> {
  try {
    await deliver(response, await deliveryOf(incoming, controls));
  } catch (error) {
    const isCutOff = !incoming.complete || response.destroyed;
    if (isCutOff) return;
    // Not an answer: it would pass for a vendor's.
    response.destroy();
    throw error;
  }
}

async function deliveryOf(incoming: IncomingMessage, controls: SimulatorControls): Promise<Delivery> {
  const body = await readBody(incoming);
  if (body === null) return now(jsonAnswer(413, { error: 'the body is too long' }, { connection: 'close' }));
  const target = incoming.url ?? '/';
  const url = URL.canParse(target, 'http://simulator') ? new URL(target, 'http://simulator') : null;
  if (url === null) return now(jsonAnswer(400, { error: 'the request target is no path' }));
  const request: SimulatorRequest = {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: headersOf(incoming),
    body,
  };
  const host = siteHost(request.headers.host);
  if (host !== null) return serveWebsite(host, request, controls);
  if (request.path.startsWith('/control/')) return now(answerControl(request, controls));
  if (request.path.startsWith('/vendors/')) return serveVendor(request, controls);
  return now(
    jsonAnswer(404, { error: 'there is /control/… and /vendors/<id>/…; websites are asked for by Host' }),
  );
}

function now(answer: HttpAnswer): Delivery {
  return { kind: 'whole', answer, delayMs: 0 };
}

function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}
