import type { SimulatorControls } from '../control/simulator-controls';
import { strike } from '../control/strike';
import type { SimulatorRequest } from '../http/simulator-request';
import { textAnswer, type Delivery, type HttpAnswer } from '../http/delivery';
import { website } from './website';

/** The websites together are one vendor, by this id: in the ledger, in faults and in settings. */
export const WEBSITES = 'web';
/** Their one operation, for faults. */
export const WEBSITES_OP = 'crawl_website';

/** One request to a company's website. It costs nothing, and the ledger has it all the same. */
export function serveWebsite(host: string, request: SimulatorRequest, controls: SimulatorControls): Delivery {
  const { method, path } = request;
  const { ledger, faults, latency } = controls;
  const latencyMs = latency.of(WEBSITES, `${host}${path}`);
  if (method !== 'GET' && method !== 'HEAD') {
    return { kind: 'whole', delayMs: latencyMs, answer: textAnswer(405, 'Method not allowed\n') };
  }
  const site = website(host, path);
  const record = (): void =>
    ledger.record({ vendor: WEBSITES, op: WEBSITES_OP, key: '' }, [{ input: { host, path }, units: 0 }]);
  const delayMs = latencyMs + site.delayMs;
  const fault = faults.take({ vendor: WEBSITES, op: WEBSITES_OP, host, path });
  if (fault) {
    return strike(fault, {
      delayMs,
      location: path,
      effect: () => {
        record();
        return textAnswer(site.status || 200, site.body ?? '', site.contentType || 'text/html');
      },
      refuse: () => ledger.refuse(WEBSITES, 'fault'),
      rateLimit: () => refusal(429, 'Too many requests'),
      quota: () => refusal(403, 'Forbidden'),
    });
  }
  record();
  if (site.body === null) return { kind: 'reset', delayMs };
  return { kind: 'whole', delayMs, answer: textAnswer(site.status, site.body, site.contentType) };
}

function refusal(status: number, text: string): HttpAnswer {
  return textAnswer(status, `<!doctype html><title>${text}</title>\n`, 'text/html; charset=utf-8');
}
