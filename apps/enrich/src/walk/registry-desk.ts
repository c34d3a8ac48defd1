import type { Operation, OperationInput } from '#libs/contracts';
import type { VendorOutcome, VendorRegistry } from '#libs/vendors';
import type { VendorDesk, VendorTerms } from './vendor-desk.port';

/** The real vendors, on the terms of their descriptors. */
export class RegistryDesk implements VendorDesk {
  constructor(
    private readonly registry: VendorRegistry,
    /** Offline, every vendor is the simulator. */
    private readonly simulated: boolean,
  ) {}

  terms(vendor: string, op: Operation): VendorTerms {
    const { id, cap, deadlineMs } = this.registry.descriptor(vendor);
    const service = this.registry.service(vendor, op);
    return {
      cap: {
        id: this.simulated ? `sim-${id}` : id,
        concurrency: cap.concurrency,
        windows: cap.windows.map((window) => ({ ...window, units: 1 })),
      },
      deadlineMs,
      repeatable: service.inDoubt === 'retry',
      costPerUnitMicro: service.costPerUnitMicro,
      maxCostMicro: service.costPerUnitMicro * (service.unitsMax ?? 1),
      foundTtlMs: service.freshness.foundMs,
      emptyTtlMs: service.freshness.emptyMs,
      simulated: this.simulated,
    };
  }

  call<Op extends Operation>(
    vendor: string,
    op: Op,
    input: OperationInput<Op>,
    signal: AbortSignal,
  ): Promise<VendorOutcome<unknown>> {
    return this.registry.call(vendor, op, input, { signal });
  }
}
