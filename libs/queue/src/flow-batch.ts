import type { FlowJob, FlowProducer } from 'bullmq';
import { toError } from '#libs/kernel';
import { isRedisOutage } from '#libs/redis';

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
  /** By job id, why it was not added, until its flow's caller has been told. */
  private readonly refused = new Map<string, Error>();

  constructor(private readonly flows: FlowProducer) {
    this.listen();
  }

  /**
   * Resolves when the flow is in the queues; rejects if its transaction failed as a whole, or one of its own jobs was refused:
   * something of it may be there then. What becomes of the others' flows in the transaction is theirs.
   */
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
      await this.flows.addBulk(batch.map(({ flow }) => flow));
      for (const { flow, resolve, reject } of batch) {
        const refusal = this.takeRefusal(flow);
        if (refusal) reject(refusal);
        else resolve();
      }
    } catch (error) {
      for (const { flow } of batch) this.takeRefusal(flow);
      // One flow's export cannot be stored, and nobody says whose: again, one by one. What is in the queues stays as it is.
      if (batch.length > 1 && !isRedisOutage(toError(error))) {
        for (const one of batch) await this.send([one]);
        return;
      }
      for (const { reject } of batch) reject(toError(error));
    }
  }

  /** BullMQ drops what Redis says of the single jobs of several flows: it is heard where it passes. */
  private listen(): void {
    const backend = this.flows.getBackend();
    const addFlow = backend.addFlow.bind(backend);
    backend.addFlow = async (entries) => {
      const results = await addFlow(entries);
      for (const [i, { jobId, queueName }] of entries.entries()) {
        const [error, code] = results[i] ?? [null, jobId];
        if (error) this.refused.set(jobId, error);
        else if (typeof code === 'number' && code < 0) {
          this.refused.set(
            jobId,
            new Error(`job ${jobId} was not added to ${queueName}: BullMQ says ${code}`),
          );
        }
      }
      return results;
    };
  }

  private takeRefusal({ opts, children = [] }: FlowJob): Error | undefined {
    const jobId = opts?.jobId ?? '';
    const own = this.refused.get(jobId);
    this.refused.delete(jobId);
    // All are taken: none is left behind for whoever adds the flow again.
    const ofChildren = children.map((child) => this.takeRefusal(child));
    return own ?? ofChildren.find((refusal) => refusal !== undefined);
  }
}
