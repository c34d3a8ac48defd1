import { appError } from '#libs/contracts';
import type { Lanes } from '#libs/queue';
import {
  isSimulatedCap,
  platformCapId,
  wholeCap,
  type Cap,
  type CellTuning,
  type GateOperations,
} from '#libs/vendor-gate';
import type { VendorRegistry } from '#libs/vendors';
import { capView, type CapView } from './cap.view';

/** A cap as the descriptor and the deployment's file have it, and whose it is. */
interface KnownCap {
  vendor: string;
  declared: Cap;
}

/** The caps of a cell: those of all vendors by the platform's credential, and every other that was used. */
export class VendorCaps {
  constructor(
    private readonly gate: Pick<GateOperations, 'caps' | 'explainCap'>,
    private readonly lanes: Pick<Lanes, 'load'>,
    private readonly vendors: Pick<VendorRegistry, 'standings'>,
    private readonly tuning: CellTuning,
    /** Offline, every vendor is the simulator, and its caps are those of the simulator. */
    private readonly offline: boolean,
  ) {}

  async list(): Promise<CapView[]> {
    const platform = this.vendors
      .standings()
      .map(({ descriptor }) => platformCapId(descriptor.id, this.offline));
    const ids = new Set([...platform, ...(await this.gate.caps())]);
    await this.tuning.refresh();
    const known = [...ids].sort().flatMap((capId) => this.known(capId) ?? []);
    return Promise.all(known.map((cap) => this.look(cap)));
  }

  async view(capId: string): Promise<CapView> {
    await this.tuning.refresh();
    return this.look(this.find(capId));
  }

  /** Throws `not_found`. */
  find(capId: string): KnownCap {
    const known = this.known(capId);
    if (known) return known;
    throw appError('not_found', `there is no cap ${capId}: GET /ops/vendors lists all`);
  }

  private async look({ vendor, declared }: KnownCap): Promise<CapView> {
    const cap = this.tuning.tune(declared);
    const [explained, lane] = await Promise.all([this.gate.explainCap(cap), this.lanes.load(cap.id)]);
    return capView({ vendor, declared, explained, lane });
  }

  /** `<vendor>`, `sim-<vendor>`, or either with `.<key>` behind for a tenant's own credential. */
  private known(capId: string): KnownCap | undefined {
    const simulated = isSimulatedCap(capId);
    const standing = this.vendors.standings().find(({ descriptor: { id } }) => {
      const own = platformCapId(id, simulated);
      return capId === own || capId.startsWith(`${own}.`);
    });
    if (!standing) return undefined;
    const { descriptor } = standing;
    return { vendor: descriptor.id, declared: { ...wholeCap(descriptor, simulated), id: capId } };
  }
}
