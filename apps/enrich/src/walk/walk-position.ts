import type { WalkPlan, WalkState } from '#libs/contracts';
import { isNotSetUp, walkUnasked, type StepCall, type WalkRecord } from '#libs/domain';

/** Where a walk stands: what is known, and the call it needs next; `null` once nothing is left but the score. */
export interface WalkPosition {
  state: WalkState;
  call: StepCall | null;
  /**
   * Steps that ended without a call. Any walker decides them again, so they are written once, with the end of the walk; those
   * that nobody is set up for not at all: the plan says so already, and every company's journal would repeat it.
   */
  decided: readonly WalkRecord[];
}

/** Goes on from a state as far as is possible without asking anybody. Pure. */
export function walkPosition(from: WalkState, plan: WalkPlan): WalkPosition {
  const { state, ended, call } = walkUnasked(from, plan);
  const decided = ended
    .filter((record) => !isNotSetUp(record))
    .map((record): WalkRecord => ({ kind: 'step', record }));
  return { state, call, decided };
}
