import { idSchema } from './run.schema';

/** How far a purchase is: its run is under way, or has succeeded and its items are there. */
export interface RunProgress {
  next: 'run' | 'items';
  runId: string;
  datasetId: string;
}

/** For the ledger: what was started, and what to ask for next. */
export function resumeOf({ next, runId, datasetId }: RunProgress): string {
  return [next, runId, datasetId].join(' ');
}

/** Null for what `resumeOf` never wrote. */
export function progressOf(resume: string): RunProgress | null {
  const [next, runId, datasetId, ...more] = resume.split(' ');
  const ids = [idSchema.safeParse(runId), idSchema.safeParse(datasetId)] as const;
  if ((next !== 'run' && next !== 'items') || more.length > 0) return null;
  if (!ids[0].success || !ids[1].success) return null;
  return { next, runId: ids[0].data, datasetId: ids[1].data };
}
