import type { AppError } from '#libs/kernel';

/** A handler has this long to end after its signal; then its job is taken from it. */
export const INTERRUPT_GRACE_MS = 3_000;

interface JobInHand {
  controller: AbortController;
  /** Takes the job from its handler. */
  take: (reason: AppError) => void;
}

/** The jobs a process has in hand, and the way to interrupt them. */
export class JobInterrupter {
  private readonly inHand = new Map<string, JobInHand>();

  /**
   * Runs `work`, and answers as it does; after an interruption it is waited for a little longer, then the reason is
   * thrown while `work` goes on unheard. A second piece of work on the same job interrupts the first with `takenOver`:
   * BullMQ gave the job out again, so the first has lost its lock.
   */
  async run<T>(
    jobId: string,
    takenOver: () => AppError,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.interrupt(jobId, takenOver);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const inHand: JobInHand = { controller: new AbortController(), take: reject };
    this.inHand.set(jobId, inHand);
    const { signal } = inHand.controller;
    try {
      work(signal).then(resolve, reject);
      return await promise;
    } catch (error) {
      // What an interrupted handler throws, an AbortError for the most part, is not why it ended.
      throw signal.aborted ? signal.reason : error;
    } finally {
      if (this.inHand.get(jobId) === inHand) this.inHand.delete(jobId);
    }
  }

  interrupt(jobId: string, reason: () => AppError): void {
    const inHand = this.inHand.get(jobId);
    if (inHand) interruptOne(inHand, reason());
  }

  interruptAll(reason: () => AppError): void {
    for (const inHand of this.inHand.values()) interruptOne(inHand, reason());
  }
}

function interruptOne({ controller, take }: JobInHand, reason: AppError): void {
  if (controller.signal.aborted) return;
  controller.abort(reason);
  setTimeout(() => take(reason), INTERRUPT_GRACE_MS).unref();
}
