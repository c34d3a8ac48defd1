import { appError } from '#libs/contracts';
import { isSimulatedCap, platformCapId, wholeCap, type Cap, type CellTuning } from '#libs/vendor-gate';
import type { VendorStanding } from '#libs/vendors';

/** One line of the list of vendors: a vendor and the cap of its credential. */
export interface VendorCap {
  standing: VendorStanding;
  /** Offline cells have caps of their own: what is simulated says nothing of the vendor itself. */
  simulated: boolean;
  cap: Cap;
}

/** What is known of a cell before it is asked. */
export interface VendorsView {
  standings: readonly VendorStanding[];
  /** Caps that the cell's workers have used. */
  seen: readonly string[];
  /** This shell's own setting; the workers may have another. */
  offline: boolean;
  /** What operators have set. */
  tuning: Pick<CellTuning, 'tune'>;
}

/** Every vendor once, and twice where its cap was used both really and simulated. */
export function listedCaps(view: VendorsView): VendorCap[] {
  return view.standings.flatMap((standing) => {
    const { id } = standing.descriptor;
    const both = view.seen.includes(id) && view.seen.includes(platformCapId(id, true));
    const kinds = both ? [false, true] : [isSimulated(view, id)];
    return kinds.map((simulated) => vendorCap(view, standing, simulated));
  });
}

/**
 * The cap that a person means by a vendor's id: the simulated one where this shell is offline or the cell knows no other;
 * `sim-<vendor>` always means that. Throws `usage` naming the vendors there are.
 */
export function namedCap(flag: string, word: string | undefined, view: VendorsView): VendorCap {
  const ids = view.standings.map(({ descriptor }) => descriptor.id);
  for (const standing of view.standings) {
    const { id } = standing.descriptor;
    if (word === id) return vendorCap(view, standing, isSimulated(view, id));
    if (word === platformCapId(id, true)) return vendorCap(view, standing, true);
  }
  if (word === undefined) throw appError('usage', `which vendor? pass ${flag} with one of ${ids.join(', ')}`);
  throw appError('usage', `${flag} ${JSON.stringify(word)}: give one of ${ids.join(', ')}`);
}

/** A vendor that nobody has asked yet is what the others of its cell are. */
function isSimulated({ offline, seen }: VendorsView, id: string): boolean {
  if (offline) return true;
  if (seen.includes(id)) return false;
  if (seen.includes(platformCapId(id, true))) return true;
  return seen.length > 0 && seen.every(isSimulatedCap);
}

function vendorCap({ seen, tuning }: VendorsView, standing: VendorStanding, simulated: boolean): VendorCap {
  const cap = tuning.tune(wholeCap(standing.descriptor, simulated));
  // Who asks the simulator has its keys and address from there, and this shell has not.
  const isAsked = simulated && seen.includes(cap.id);
  return {
    standing: isAsked ? { ...standing, usable: true, reason: null } : standing,
    simulated,
    cap,
  };
}
