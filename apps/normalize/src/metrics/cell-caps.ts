import { laneQueue } from '#libs/contracts';
import {
  platformCapId,
  platformCapOf,
  wholeCap,
  type Cap,
  type CellTuning,
  type GateOperations,
} from '#libs/vendor-gate';
import type { VendorRegistry } from '#libs/vendors';

/** Caps of tenants' own keys that are looked at, those that were used last. */
const OWN_MAX = 50;

/** A cap that calls of this cell may take from, and how the figures name it. */
export interface CellCap {
  id: string;
  vendor: string;
  credential: 'platform' | 'own';
  /** What its lane is called; tenants’ own lanes have one name together. */
  lane: string;
  /** As it holds now. */
  cap: Cap;
}

/** Those of vendors that can be asked, and of tenants' own keys for any vendor; of the simulator offline, else of none of it. */
export async function cellCaps(
  gate: Pick<GateOperations, 'caps'>,
  vendors: Pick<VendorRegistry, 'standings'>,
  tuning: Pick<CellTuning, 'tune'>,
  offline: boolean,
): Promise<CellCap[]> {
  const standings = vendors.standings();
  const used = (await gate.caps()).reverse();
  return standings.flatMap(({ descriptor, usable }) => {
    const platform = platformCapId(descriptor.id, offline);
    const whole = wholeCap(descriptor, offline);
    const made = (id: string, credential: CellCap['credential']): CellCap => ({
      id,
      vendor: descriptor.id,
      credential,
      lane: laneQueue(credential === 'own' ? `${platform}.own` : platform),
      cap: tuning.tune({ ...whole, id }),
    });
    const own = used.filter((id) => id !== platform && platformCapOf(id) === platform).slice(0, OWN_MAX);
    return [...(usable ? [made(platform, 'platform')] : []), ...own.map((id) => made(id, 'own'))];
  });
}
