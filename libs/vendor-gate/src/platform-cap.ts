import type { Cap, CapWindow } from './gate.port';

const SIMULATED = 'sim-';

/**
 * Whom the cap of the platform's own credential belongs to; also whose ledger and budgets. A simulated answer never passes for
 * a real one, nor its price for money.
 */
export function platformCapId(vendor: string, simulated: boolean): string {
  return simulated ? `${SIMULATED}${vendor}` : vendor;
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
