import type { LedgerEntry } from '../src/control/call-ledger';
import type { LedgerReport } from '../src/control/ledger-report';
import { SIMULATED_VENDORS } from '../src/vendors/vendor-list';
import { simulatorKey } from '../src/vendors/simulator-key';
import { ask, type RawAnswer, type RawRequest } from './raw-client';

/** A simulator as a test sees it: its vendors, its websites, its controls. */
export class SimulatorClient {
  constructor(readonly url: string) {}

  /** One contact search; each domain is another purchase. */
  search(
    domain: string,
    { key = simulatorKey('hunter'), ...options }: { key?: string } & Partial<RawRequest> = {},
  ): Promise<RawAnswer> {
    return ask(this.url, {
      path: `/vendors/hunter/v2/domain-search?domain=${domain}&api_key=${key}`,
      ...options,
    });
  }

  website(host: string, path = '/', options: Partial<RawRequest> = {}): Promise<RawAnswer> {
    return ask(this.url, { host, path, ...options });
  }

  control(method: string, what: string, body?: unknown): Promise<RawAnswer> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    return ask(this.url, { method, path: `/control/${what}`, ...json });
  }

  /** Throws when the controls refuse it. */
  async post(what: 'faults' | 'caps' | 'latency', body: unknown): Promise<void> {
    const { status, body: text } = await this.control('POST', what, body);
    if (status !== 200) throw new Error(`${what}: ${status} ${text}`);
  }

  async ledger(): Promise<LedgerReport> {
    return JSON.parse((await this.control('GET', 'ledger')).body) as LedgerReport;
  }

  async entries(): Promise<LedgerEntry[]> {
    const { body } = await this.control('GET', 'ledger/entries');
    return (JSON.parse(body) as { entries: LedgerEntry[] }).entries;
  }

  /** When a vendor's requests came that were let in. */
  async arrivals(vendor: string, filter = ''): Promise<{ total: number; times: number[] }> {
    const { body } = await this.control('GET', `timeline?vendor=${vendor}${filter}`);
    return JSON.parse(body) as { total: number; times: number[] };
  }

  /** Empty books, no faults, no latency, and caps that stop no test but one about caps. */
  async reset(): Promise<void> {
    for (const what of ['ledger', 'faults', 'caps', 'latency']) await this.control('DELETE', what);
    for (const vendor of ['web', ...SIMULATED_VENDORS.map(({ id }) => id)]) {
      await this.post('latency', { vendor, ms: 0 });
      await this.post('caps', { vendor, windows: [] });
    }
  }
}
