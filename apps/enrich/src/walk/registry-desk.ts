import type { Operation, OperationInput } from '#libs/contracts';
import type { LaneSpec } from '#libs/queue';
import { platformCapId, UNTUNED, type CellTuning } from '#libs/vendor-gate';
import type { VendorOutcome, VendorRegistry, VendorWindow } from '#libs/vendors';
import type { VendorDesk, VendorTerms } from './vendor-desk.port';

/** The real vendors, on the terms of their descriptors. */
export class RegistryDesk implements VendorDesk {
  constructor(
    private readonly registry: VendorRegistry,
    /** Offline, every vendor is the simulator. */
    private readonly simulated: boolean,
    private readonly tuning: Pick<CellTuning, 'tune'> = UNTUNED,
  ) {}

  /** A lane per cap of the vendors that can be asked. */
  lanes(): LaneSpec[] {
    return this.registry
      .standings()
      .filter(({ usable }) => usable)
      .map(({ descriptor: { id, cap } }) => ({ capId: this.capId(id), concurrency: cap.concurrency }));
  }

  terms<Op extends Operation>(vendor: string, op: Op, input: OperationInput<Op>): VendorTerms {
    const { id, cap, deadlineMs } = this.registry.descriptor(vendor);
    const service = this.registry.service(vendor, op);
    const load = service.load?.(input as never) ?? {};
    return {
      cap: this.tuning.tune({
        id: this.capId(id),
        concurrency: cap.concurrency,
        windows: cap.windows.map((window) => ({ ...window, units: unitsTaken(window, op, load) })),
      }),
      measures: Object.fromEntries(
        cap.windows.flatMap(({ name, measure }) => (measure === undefined ? [] : [[name, measure]])),
      ),
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
    options: { signal: AbortSignal; resume: string | null },
  ): Promise<VendorOutcome<unknown>> {
    return this.registry.call(vendor, op, input, options);
  }

  private capId(vendor: string): string {
    return platformCapId(vendor, this.simulated);
  }
}

/** Of a window for other operations a call takes nothing, and of one that does not count requests what it weighs at most. */
function unitsTaken(
  { ops, measure }: VendorWindow,
  op: Operation,
  load: Readonly<Record<string, number>>,
): number {
  if (ops !== undefined && !ops.includes(op)) return 0;
  return measure === undefined ? 1 : (load[measure] ?? 0);
}
