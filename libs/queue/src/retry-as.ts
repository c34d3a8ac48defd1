import { DelayedError, UnrecoverableError, type Job } from 'bullmq';
import { AppError } from '#libs/kernel';

/** Our error as BullMQ understands it: `never` → no more attempts, `afterMs` → given back uncounted, else its backoff. */
export async function retryAs(error: Error, job: Job, token: string | undefined): Promise<Error> {
  if (!(error instanceof AppError)) return error;
  if (error.retry === 'never') return new UnrecoverableError(`${error.code}: ${error.message}`);
  if (error.retry === 'backoff') return error;
  await job.moveToDelayed(Date.now() + error.retry.afterMs, token);
  return new DelayedError();
}
