import { z } from 'zod';
import type { RehearsalPlan } from './rehearsal-plan';
import type { VendorBooks } from './rehearsal-verdict';

const ledgerSchema = z.object({
  vendors: z.record(z.string(), z.object({ calls: z.int(), units: z.int(), over: z.int() })),
  duplicates: z.int(),
});
const entriesSchema = z.object({ entries: z.array(z.object({ input: z.string(), at: z.iso.datetime() })) });
const timelineSchema = z.object({ times: z.array(z.number()) });

/** The controls of the simulator that a rehearsal turns and reads. Throws an `Error` with the simulator's words if refused. */
export class SimulatorControl {
  constructor(private readonly url: string) {}

  /** The vendor counts like this from now on. */
  async setCap({ vendor, cap, windowMs, kind }: RehearsalPlan): Promise<void> {
    await this.ask('caps', {
      method: 'POST',
      body: JSON.stringify({ vendor, windows: [{ limit: cap, lengthMs: windowMs, kind }] }),
    });
  }

  /** What the vendor has counted so far. `tenantOf`: who asked for what it sold, if its text tells. */
  async books(vendor: string, tenantOf: (input: string) => string | null): Promise<VendorBooks> {
    const { vendors, duplicates } = ledgerSchema.parse(await this.ask('ledger'));
    const { times } = timelineSchema.parse(await this.ask(`timeline?vendor=${vendor}`));
    const { entries } = entriesSchema.parse(await this.ask(`ledger/entries?vendor=${vendor}`));
    const served = entries.map(({ input, at }) => ({ at: Date.parse(at), tenant: tenantOf(input) }));
    const { calls = 0, units = 0, over = 0 } = vendors[vendor] ?? {};
    return { calls, units, over, duplicates, times, served };
  }

  private async ask(what: string, init: RequestInit = {}): Promise<unknown> {
    const response = await fetch(`${this.url}/control/${what}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`the simulator refused ${what}: ${text.slice(0, 300)}`);
    return JSON.parse(text);
  }
}
