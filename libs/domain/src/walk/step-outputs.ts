import {
  OPERATIONS,
  type Operation,
  type OperationOutput,
  type StepRecord,
  type WalkState,
} from '#libs/contracts';

/**
 * Every decision, score and export of a company asks for the same facts: each record is parsed once, and carries what was parsed.
 * A copy of it does not: what it says may be another thing.
 */
const PARSED = Symbol('parsed output');

type Carrying = StepRecord & { readonly [PARSED]?: unknown };

/** What a record found has just been parsed by its operation's output schema: it is not parsed again. */
export function rememberOutput(record: StepRecord, output: unknown): void {
  Object.defineProperty(record, PARSED, { value: output, configurable: true });
}

/** How the step ended, or `undefined` while it has not. */
export function stepRecord(state: WalkState, step: string): StepRecord | undefined {
  return state.steps.find((record) => record.step === step);
}

/** What the step found, or null where it did not end in facts. Throws `ZodError` on a damaged journal. */
export function stepOutput<Op extends Operation>(
  state: WalkState,
  step: string,
  op: Op,
): OperationOutput<Op> | null {
  const record = stepRecord(state, step);
  if (record?.status !== 'found') return null;
  const known = (record as Carrying)[PARSED];
  if (known !== undefined) return known as OperationOutput<Op>;
  const output = OPERATIONS[op].output.parse(record.output);
  rememberOutput(record, output);
  return output as OperationOutput<Op>;
}
