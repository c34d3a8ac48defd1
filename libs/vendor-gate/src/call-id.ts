import { companyIdSchema, runIdSchema } from '#libs/contracts';

/** Who makes a call, and where in its walk. */
export interface CallOrigin {
  runId: string;
  companyId: string;
  epoch: number;
  hop: number;
  step: string;
  vendor: string;
}

/** One for all attempts of one job at one vendor's part of a step: whoever asks again asks for the same call. */
export function callIdOf({ runId, companyId, epoch, hop, step, vendor }: CallOrigin): string {
  return `${runId}-${companyId}-e${epoch}-h${hop}-${step}-${vendor}`;
}

/** Whose call it was; null where the id was not made by `callIdOf`. */
export function askerOf(callId: string): { runId: string | null; companyId: string | null } {
  const [run, company] = callId.split('-');
  return {
    runId: runIdSchema.safeParse(run).data ?? null,
    companyId: companyIdSchema.safeParse(company).data ?? null,
  };
}
