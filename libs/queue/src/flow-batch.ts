import type { FlowJob, FlowProducer } from 'bullmq';

/**
 * Flows in one transaction at most: Redis serves nobody else meanwhile, and one flow takes it about 0.1 ms. So many leave
 * at once, and Redis works on them while the next are being made.
 */
const FLOWS_MAX = 8;

interface WaitingFlow {
  flow: FlowJob;
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Adds flows: those asked for in one turn of the event loop in one transaction. Under load most of what a flow of two jobs
 * costs is the transaction around it, on both ends.
 */
export class FlowBatch {
  private waiting: WaitingFlow[] = [];

  constructor(private readonly flows: FlowProducer) {}

  /** Resolves when the flow is in the queues; rejects if its transaction failed as a whole: then nothing of it is. */
  add(flow: FlowJob): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.waiting.length === 0) setImmediate(() => this.sendAll());
      this.waiting.push({ flow, resolve, reject });
      if (this.waiting.length === FLOWS_MAX) this.sendAll();
    });
  }

  private sendAll(): void {
    const { waiting } = this;
    this.waiting = [];
    if (waiting.length > 0) void this.send(waiting);
  }

  /** Throws nothing: everybody hears of the end of his own. */
  private async send(batch: readonly WaitingFlow[]): Promise<void> {
    try {
      const [only] = batch;
      // The one that says so when the job is refused by itself.
      if (only && batch.length === 1) await this.flows.add(only.flow);
      else await this.flows.addBulk(batch.map(({ flow }) => flow));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      for (const { reject } of batch) reject(error as Error);
    }
  }
}
