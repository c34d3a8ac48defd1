import type { LaneShare } from '#libs/config';
import { appError, type Operation, type OperationInput } from '#libs/contracts';
import type { LaneSpec } from '#libs/queue';
import type { OwnCredential, OwnCredentials } from '#libs/tenancy';
import { platformCapId, platformCapOf, tenantCapId, UNTUNED, type CellTuning } from '#libs/vendor-gate';
import type { VendorOutcome, VendorRegistry, VendorWindow } from '#libs/vendors';
import type { VendorDesk, VendorTerms } from './vendor-desk.port';

/** The real vendors, on the terms of their descriptors. */
export class RegistryDesk implements VendorDesk {
  /** Of calls on the platform's account that all weigh the same, by vendor and operation: made once, see the gate's `CapShapes`. */
  private readonly usual = new Map<string, VendorTerms>();

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

  /**
   * Whether a process with that share serves a cap's lane; tenants' own caps go with their vendor's. Throws `config_invalid` for
   * a vendor that there is not: its lane would be nobody's.
   */
  servedBy({ kind, vendors }: LaneShare): (capId: string) => boolean {
    const known = this.registry.standings().map(({ descriptor: { id } }) => id);
    const unknown = vendors.filter((vendor) => !known.includes(vendor));
    if (unknown.length > 0) {
      throw appError(
        'config_invalid',
        `LEADGEN_ENRICH_LANES names ${unknown.join(', ')}: there are ${known.join(', ')}`,
      );
    }
    const named = new Set(vendors.map((vendor) => this.capId(vendor)));
    return (capId) => kind === 'all' || named.has(platformCapOf(capId)) === (kind === 'only');
  }

  /** The lane of a tenant's own cap; `undefined` for that of a vendor that there is not (any more). */
  ownLane(capId: string): LaneSpec | undefined {
    const standing = this.registry
      .standings()
      .find(({ descriptor: { id } }) => this.capId(id) === platformCapOf(capId));
    return standing && { capId, concurrency: standing.descriptor.cap.concurrency };
  }

  /** The cap of a tenant's own key. */
  ownCapId(vendor: string, tenantId: string): string {
    return tenantCapId(vendor, this.simulated, tenantId);
  }

  terms<Op extends Operation>(
    vendor: string,
    op: Op,
    input: OperationInput<Op>,
    own: OwnCredentials,
  ): VendorTerms {
    const ownKey = own.get(vendor);
    const service = this.registry.service(vendor, op);
    const usual = ownKey || service.load ? undefined : this.usual.get(`${vendor} ${op}`);
    const terms = usual ?? this.untuned(vendor, op, service.load?.(input as never) ?? {}, ownKey);
    if (!ownKey && !service.load) this.usual.set(`${vendor} ${op}`, terms);
    const cap = this.tuning.tune(terms.cap);
    return cap === terms.cap ? terms : { ...terms, cap };
  }

  private untuned(
    vendor: string,
    op: Operation,
    load: Readonly<Record<string, number>>,
    ownKey: OwnCredential | undefined,
  ): VendorTerms {
    const { id, cap, deadlineMs } = this.registry.descriptor(vendor);
    const service = this.registry.service(vendor, op);
    return {
      cap: {
        id: ownKey ? this.ownCapId(id, ownKey.tenantId) : this.capId(id),
        concurrency: cap.concurrency,
        windows: cap.windows.map((window) => ({ ...window, units: unitsTaken(window, op, load) })),
      },
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
      ...(ownKey && { ownKey: ownKey.apiKey === null ? 'unreadable' : 'stored' }),
    };
  }

  call<Op extends Operation>(
    vendor: string,
    op: Op,
    input: OperationInput<Op>,
    { own, ...options }: { signal: AbortSignal; resume: string | null; own: OwnCredentials },
  ): Promise<VendorOutcome<unknown>> {
    const ownKey = own.get(vendor);
    return this.registry.call(vendor, op, input, { ...options, ...(ownKey && { apiKey: ownKey.apiKey }) });
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
