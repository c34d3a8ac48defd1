import { spawnApp, type SpawnedApp } from '#libs/testing';

/** What a vendor's books say. */
interface VendorBooks {
  calls: number;
  units: number;
  refused: Readonly<Record<string, number>>;
}

/** The real simulator, as its own process. */
export class Simulator {
  private constructor(private readonly app: SpawnedApp) {}

  static async start(): Promise<Simulator> {
    return new Simulator(await spawnApp('vendor-sim', {}));
  }

  stop(): Promise<unknown> {
    return this.app.stop();
  }

  /** The settings it hands out. */
  env(): Readonly<Record<string, string>> {
    return this.app.ready.env as Readonly<Record<string, string>>;
  }

  /** The address and key to ask a vendor with. */
  access(vendorId: string): { baseUrl: URL; apiKey: string | null } {
    const env = this.env();
    const variable = `VENDOR_${vendorId.toUpperCase()}`;
    const baseUrl = env[`${variable}_BASE_URL`];
    if (baseUrl === undefined) throw new Error(`the simulator has no ${vendorId}`);
    return { baseUrl: new URL(baseUrl), apiKey: env[`${variable}_API_KEY`] ?? null };
  }

  /** Empty books, no faults, no latency, no caps. */
  async reset(vendor: string): Promise<void> {
    for (const what of ['ledger', 'faults', 'caps', 'latency']) await this.control('DELETE', what);
    await this.set('latency', { vendor, ms: 0 });
    await this.set('caps', { vendor, windows: [] });
  }

  /** The caps of the vendors' documentation, in place of those set. */
  async documentedCaps(): Promise<void> {
    await this.control('DELETE', 'caps');
  }

  async set(what: 'faults' | 'caps' | 'latency', body: Readonly<Record<string, unknown>>): Promise<void> {
    await this.control('POST', what, body);
  }

  async books(vendor: string): Promise<VendorBooks> {
    const { vendors } = (await this.control('GET', 'ledger')) as { vendors: Record<string, VendorBooks> };
    return vendors[vendor] ?? { calls: 0, units: 0, refused: {} };
  }

  private async control(method: string, what: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${String(this.app.ready.url)}/control/${what}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${what}: ${answer}`);
    return JSON.parse(answer);
  }
}
