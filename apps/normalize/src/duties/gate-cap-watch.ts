import type { CapStanding, CapWatch } from '#libs/run-state';
import {
  platformCapId,
  platformCapOf,
  UNTUNED,
  wholeCap,
  type CapExplanation,
  type CellTuning,
  type GateOperations,
} from '#libs/vendor-gate';
import type { VendorDescriptor, VendorRegistry } from '#libs/vendors';

/** Closures as people read them. */
const CLOSED_WORDS: Readonly<Record<string, string>> = {
  rate_limited: 'asked us to slow down',
  quota: 'quota used up',
  key_refused: 'refused your own key',
};

/** The gate's view of the caps of all vendors, in people's words. */
export class GateCapWatch implements CapWatch {
  constructor(
    private readonly gate: Pick<GateOperations, 'explainCap'>,
    private readonly vendors: Pick<VendorRegistry, 'standings'>,
    private readonly simulated: boolean,
    private readonly tuning: Pick<CellTuning, 'tune'> = UNTUNED,
  ) {}

  async standings(capIds: readonly string[]): Promise<ReadonlyMap<string, CapStanding>> {
    const byCap = new Map(
      this.vendors
        .standings()
        .map(({ descriptor }) => [platformCapId(descriptor.id, this.simulated), descriptor]),
    );
    const found = await Promise.all(
      capIds.map(async (capId) => {
        const descriptor = byCap.get(platformCapOf(capId));
        return descriptor ? ([[capId, await this.standing(descriptor, capId)]] as const) : [];
      }),
    );
    return new Map(found.flat());
  }

  /** A tenant's own cap is counted as the vendor's, apart from it. */
  private async standing(descriptor: VendorDescriptor, id: string): Promise<CapStanding> {
    const cap = this.tuning.tune({ ...wholeCap(descriptor, this.simulated), id });
    return standingOf(descriptor.id, await this.gate.explainCap(cap));
  }
}

/** What holds a cap up for longest; 0 ms: nothing. */
export function standingOf(vendor: string, explained: CapExplanation): CapStanding {
  const { closedForMs, closedWhy, breaker, probeInMs, windows } = explained;
  const holds = [
    { opensInMs: closedForMs, why: CLOSED_WORDS[closedWhy ?? ''] ?? closedWhy ?? 'closed' },
    { opensInMs: breaker === 'closed' ? 0 : probeInMs, why: 'out of order' },
    ...windows
      .filter(({ limit, used }) => used >= limit)
      .map(({ name, limit, used, freesInMs }) => ({
        opensInMs: freesInMs,
        why: `${name} cap ${used}/${limit} used`,
      })),
  ];
  const [longest] = holds.sort((a, b) => b.opensInMs - a.opensInMs);
  return { vendor, opensInMs: longest?.opensInMs ?? 0, why: longest?.why ?? '' };
}
