import type { VendorDescriptor, VendorWindow } from '../vendor.port';

/** What a deployment's plan with a vendor says differently from its descriptor. Money in micro-units, lengths in ms. */
export interface DescriptorOverride {
  concurrency?: number | undefined;
  windows?: readonly WindowOverride[] | undefined;
  only_these_windows?: boolean | undefined;
  price_per_unit_micro?: number | undefined;
}

interface WindowOverride {
  name: string;
  limit: number;
  length_ms: number;
  kind?: 'sliding' | 'fixed' | 'anchored' | undefined;
}

/**
 * The descriptor as this deployment's plan has it. A window of a known name keeps what is not said anew: its kind and the
 * operations it counts; a new one slides, the strictest way to count.
 */
export function withOverride(descriptor: VendorDescriptor, override: DescriptorOverride): VendorDescriptor {
  const { cap, services } = descriptor;
  const { concurrency = cap.concurrency, windows = [], price_per_unit_micro: price } = override;
  const named = new Map(cap.windows.map((window) => [window.name, window]));
  const kept = override.only_these_windows === true ? new Map<string, VendorWindow>() : new Map(named);
  for (const window of windows) kept.set(window.name, overridden(named.get(window.name), window));
  return {
    ...descriptor,
    cap: { concurrency, windows: [...kept.values()] },
    services:
      price === undefined
        ? services
        : services.map((service) => ({
            ...service,
            // What is free stays so: the price is that of a credit.
            costPerUnitMicro: service.costPerUnitMicro === 0 ? 0 : price,
          })),
  };
}

function overridden(known: VendorWindow | undefined, window: WindowOverride): VendorWindow {
  const { name, limit, length_ms: lengthMs, kind } = window;
  const kept = known?.ops === undefined ? {} : { ops: known.ops };
  const measured = known?.measure === undefined ? {} : { measure: known.measure };
  const own = { name, limit, lengthMs, ...kept, ...measured };
  if (kind === undefined && known?.kind === 'calendar') {
    return { ...own, kind: 'calendar', unit: known.unit, zone: known.zone };
  }
  const knownKind = known === undefined || known.kind === 'calendar' ? 'sliding' : known.kind;
  return { ...own, kind: kind ?? knownKind };
}
