import type { StepRecord, TriedVendor, WalkState } from '#libs/contracts';
import { assertNever, type MicroUsd } from '#libs/kernel';
import type { StepCall } from './next-step';
import { rememberOutput, stepRecord } from './step-outputs';
import { judgeAnswer } from './useful-answer';

/** How one call of the walk ended, from the walk's point of view. `reason`: a few words, no personal data. */
export type CallOutcome =
  /**
   * The vendor answered with facts, parsed by the operation's output schema: the step ends. Facts of no use to the walk
   * count as `empty`.
   */
  | { kind: 'found'; output: unknown; costMicro: MicroUsd; simulated: boolean }
  /** The vendor answered and knew nothing: the next vendor is asked. */
  | { kind: 'empty'; costMicro: MicroUsd }
  /** The vendor failed for good, refused, or (`asked: false`) may not be asked: the next vendor is asked. */
  | { kind: 'failed'; reason: string; costMicro: MicroUsd; asked?: false }
  /** Sent, outcome unknown, not to be repeated: the step ends, the walk goes on. */
  | { kind: 'in_doubt'; reason: string; costMicro: MicroUsd }
  /** Nobody may be asked at all, e.g. the run's budget is used up: the step ends. Others decide by the reason (`skip-reasons`). */
  | { kind: 'skipped'; reason: string };

/** One line of a company's journal: the end of a step, or a vendor that did not end it. */
export type WalkRecord = { kind: 'step'; record: StepRecord } | { kind: 'tried'; record: TriedVendor };

/** What is to be journaled about a call. */
export function outcomeRecord(call: StepCall, outcome: CallOutcome): WalkRecord {
  const { step, op, vendor } = call;
  switch (outcome.kind) {
    case 'found': {
      const { output, costMicro, simulated } = outcome;
      const { useful, parsed } = judgeAnswer(op, output);
      if (!useful) return tried(call, 'knew nothing of use', true, costMicro);
      const record: StepRecord = {
        step,
        op,
        status: 'found',
        vendor,
        output,
        cost_micro: costMicro,
        simulated,
      };
      if (parsed !== undefined) rememberOutput(record, parsed);
      return { kind: 'step', record };
    }
    case 'in_doubt': {
      const { reason, costMicro } = outcome;
      const status = 'in_doubt';
      return {
        kind: 'step',
        record: { step, op, status, vendor, reason, cost_micro: costMicro, simulated: false },
      };
    }
    case 'skipped': {
      const { reason } = outcome;
      const status = 'skipped';
      return {
        kind: 'step',
        record: { step, op, status, vendor: null, reason, cost_micro: 0, simulated: false },
      };
    }
    case 'empty':
      return tried(call, 'found nothing', true, outcome.costMicro);
    case 'failed':
      return tried(call, outcome.reason, false, outcome.costMicro, outcome.asked);
    default:
      return assertNever(outcome);
  }
}

/** The state with the record in it. A record of the same step (and vendor) is replaced, as in the journal. */
export function applyRecord(state: WalkState, record: WalkRecord): WalkState {
  if (record.kind === 'step') {
    const { step } = record.record;
    const others = stepRecord(state, step) ? state.steps.filter((other) => other.step !== step) : state.steps;
    return { ...state, steps: [...others, record.record] };
  }
  const { step, vendor } = record.record;
  const others = state.tried.filter((t) => t.step !== step || t.vendor !== vendor);
  return { ...state, tried: [...others, record.record] };
}

/** `outcomeRecord` and `applyRecord` in one, for callers that journal nothing. */
export function recordOutcome(state: WalkState, call: StepCall, outcome: CallOutcome): WalkState {
  return applyRecord(state, outcomeRecord(call, outcome));
}

function tried(
  call: StepCall,
  outcome: string,
  empty: boolean,
  costMicro: MicroUsd,
  asked?: false,
): WalkRecord {
  const { step, vendor } = call;
  const record = { step, vendor, outcome, empty, cost_micro: costMicro, ...(asked === false && { asked }) };
  return { kind: 'tried', record };
}
