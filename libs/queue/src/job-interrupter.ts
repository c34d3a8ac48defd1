import type { AppError } from '#libs/kernel';

/** A handler has this long to end after its signal; then its job is taken from it. */
export const INTERRUPT_GRACE_MS = 3_000;

/** The jobs a process has in hand, and the way to interrupt them. */
export class JobInterrupter {
  private readonly inHand = new Map<string, AbortController>();

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
    const controller = new AbortController();
    this.inHand.set(jobId, controller);
    const { signal } = controller;
    try {
      return await Promise.race([work(signal), afterGrace(signal)]);
    } catch (error) {
      // What an interrupted handler throws, an AbortError for the most part, is not why it ended.
      throw signal.aborted ? signal.reason : error;
    } finally {
      if (this.inHand.get(jobId) === controller) this.inHand.delete(jobId);
    }
  }

  interrupt(jobId: string, reason: () => AppError): void {
    this.inHand.get(jobId)?.abort(reason());
  }

  interruptAll(reason: () => AppError): void {
    for (const controller of this.inHand.values()) controller.abort(reason());
  }
}

function afterGrace(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      setTimeout(() => reject(signal.reason as Error), INTERRUPT_GRACE_MS).unref();
    });
  });
}
