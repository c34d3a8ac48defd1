import type { Cap, CapWindow } from './gate.port';

const SIMULATED = 'sim-';
/** Neither a vendor's id nor a tenant's has one. */
const OF_TENANT = '.';

/**
 * Whom the cap of the platform's own credential belongs to; also whose ledger and budgets. A simulated answer never passes for
 * a real one, nor its price for money.
 */
export function platformCapId(vendor: string, simulated: boolean): string {
  return simulated ? `${SIMULATED}${vendor}` : vendor;
}

/** The cap of a tenant's own credential: counted, closed and waited for apart from everybody else's. */
export function tenantCapId(vendor: string, simulated: boolean, tenantId: string): string {
  return `${platformCapId(vendor, simulated)}${OF_TENANT}${tenantId}`;
}

/** Of a tenant's own cap, the platform's of the same vendor; of that, itself. */
export function platformCapOf(capId: string): string {
  return capId.split(OF_TENANT, 1)[0] ?? capId;
}

export function isSimulatedCap(capId: string): boolean {
  return capId.startsWith(SIMULATED);
}

type UnaskedWindow<Window = CapWindow> = Window extends CapWindow ? Readonly<Omit<Window, 'units'>> : never;

/** A vendor's cap with all its windows, for whoever looks at it and asks for nothing. */
export function wholeCap(
  { id, cap }: { id: string; cap: { concurrency: number; windows: readonly UnaskedWindow[] } },
  simulated: boolean,
): Cap {
  return {
    id: platformCapId(id, simulated),
    concurrency: cap.concurrency,
    windows: cap.windows.map((window) => ({ ...window, units: 1 })),
  };
}
