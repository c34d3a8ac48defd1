import { join } from 'node:path';
import { FlowProducer, Queue } from 'bullmq';
import { HOLD_QUEUE, STAGES, walkQueue } from '#libs/contracts';
import {
  type CellKeys,
  createBusyRedis,
  closeRedis,
  LuaScript,
  type ConnectionSettings,
  type RedisClient,
} from '#libs/redis';
import { attemptsOf, checkAdded, companyJob, type CompanyHop } from './company-job';
import { FairQueueing } from './fairness/fair-queueing';
import { FencedConnection } from './fenced-connection';
import { ignoreReportedElsewhere } from './ignore-reported-elsewhere';
import { FlowBatch } from './flow-batch';
import { hopOfJob, jobIds } from './job-ids';
import { parsePayload } from './job-payload';
import { Lanes } from './lanes/lanes';

export interface RunFlowOptions {
  redisUrl: string;
  keys: CellKeys;
  /** Producers fail fast, workers wait: see the two option sets of `libs/redis`. */
  connection: ConnectionSettings;
}

export interface CompanyChild {
  companyId: string;
}

/** How a company's next job is to be queued. */
export interface HopPlace {
  /** The cap in whose lane it waits; null: the stage's own queue. */
  lane: string | null;
  /** What its call takes of the lane's cap; in the stage's own queue 0 for who has had its turn there: it is next. */
  units: number;
  /** The tenant's weight. */
  weight: number;
}

const script = (name: string): LuaScript => new LuaScript(join(__dirname, 'lua', `${name}.lua`));
const dropEndedExport = script('drop-ended-export-5');

/** Children added in one Redis transaction. */
const CHUNK = 500;
/** Finished flow jobs are kept this long for people to look at; children go at once. */
const KEEP_SECONDS = 86_400;

/**
 * A run as one BullMQ flow: `export` waits natively for `normalize` and for every company. This class is the only one
 * that adds jobs under an export.
 */
export class RunFlow {
  readonly lanes: Lanes;
  private readonly fairness: FairQueueing;
  private readonly redis: RedisClient;
  private readonly flows: FlowProducer;
  private readonly batch: FlowBatch;
  private readonly exportQueue: Queue;
  private readonly holdQueue: Queue;
  private readonly normalizeQueue: Queue;
  private readonly prefix: string;
  private fenced: { connection: FencedConnection; enrich: Queue } | undefined;

  constructor(private readonly options: RunFlowOptions) {
    this.prefix = options.keys.bullPrefix();
    this.redis = createBusyRedis(options.redisUrl, options.connection);
    const shared = { connection: this.redis, prefix: this.prefix };
    this.lanes = new Lanes(this.redis, this.prefix);
    this.fairness = new FairQueueing(this.redis, options.keys);
    this.flows = new FlowProducer(shared);
    this.batch = new FlowBatch(this.flows);
    this.exportQueue = new Queue(STAGES.export.queue, shared);
    this.holdQueue = new Queue(HOLD_QUEUE, shared);
    this.normalizeQueue = new Queue(STAGES.normalize.queue, shared);
    this.redis.on('error', ignoreReportedElsewhere);
    this.flows.on('error', ignoreReportedElsewhere);
    this.exportQueue.on('error', ignoreReportedElsewhere);
    this.holdQueue.on('error', ignoreReportedElsewhere);
    this.normalizeQueue.on('error', ignoreReportedElsewhere);
  }

  /**
   * Adds the run's flow; adding it again changes nothing, so whoever finds a run without one may add it. Tenants' runs are
   * planned and normalized in turn, one for one: what share a tenant has, and how large its runs are, is not known yet.
   */
  async addRun(run: { tenantId: string; runId: string; retryEpoch?: number }): Promise<void> {
    const payload = { v: 1 as const, tenantId: run.tenantId, runId: run.runId };
    const charge = { tenantId: run.tenantId, units: 1, weight: 1 };
    const [priority] = await this.fairness.tags(STAGES.normalize.queue, charge, 1);
    await this.batch.add({
      name: STAGES.export.queue,
      queueName: STAGES.export.queue,
      data: parsePayload('export', payload),
      opts: {
        ...attemptsOf('export'),
        jobId: jobIds.export(run.runId),
        removeOnComplete: { age: KEEP_SECONDS },
        removeOnFail: { age: KEEP_SECONDS },
      },
      children: [
        {
          name: STAGES.normalize.queue,
          queueName: STAGES.normalize.queue,
          data: parsePayload('normalize', payload),
          opts: {
            ...attemptsOf('normalize'),
            jobId: jobIds.normalize(run.runId, run.retryEpoch),
            priority: Number(priority),
            removeOnComplete: { age: KEEP_SECONDS },
            removeOnFail: { age: KEEP_SECONDS },
            // Export always runs and judges by what it finds; a failed normalize must not leave it waiting forever.
            ignoreDependencyOnFailure: true,
          },
        },
      ],
    });
  }

  /**
   * Adds the flow of a retry: the export anew, waiting for a job of normalize's queue that adds the companies again. The export
   * of before must have ended; it goes first, since an add under its id would be none. Adding it again changes nothing. False:
   * the export of before has not ended, or the run is in no retry of that epoch.
   */
  async addRetry(run: { tenantId: string; runId: string; epoch: number }): Promise<boolean> {
    const { tenantId, runId, epoch } = run;
    const exports = (part: string): string => `${this.prefix}:${STAGES.export.queue}:${part}`;
    const normalizing = jobIds.normalize(runId, epoch);
    const reply = await dropEndedExport.run(
      this.redis,
      [
        this.options.keys.run(tenantId, runId),
        `${this.prefix}:${STAGES.normalize.queue}:${normalizing}`,
        exports(jobIds.export(runId)),
        exports('completed'),
        exports('failed'),
      ],
      [epoch, jobIds.export(runId)],
    );
    if (reply === -1) return false;
    await this.addRun({ tenantId, runId, retryEpoch: epoch });
    return true;
  }

  /** Whether the flow of that retry was ever added, within the last day. */
  async hasRetry(runId: string, epoch: number): Promise<boolean> {
    return (await this.normalizeQueue.getJobState(jobIds.normalize(runId, epoch))) !== 'unknown';
  }

  /**
   * Adds one child of the export per company, a chunk per transaction, while the fence holds `token`. They are served in
   * this order, and fairly beside other tenants' companies by the tenant's weight.
   * Throws `fenced_out` when it does not: what the current holder adds is not touched.
   */
  async addCompanies(
    run: { tenantId: string; runId: string; epoch: number; weight?: number },
    token: string,
    companies: readonly CompanyChild[],
  ): Promise<void> {
    const { tenantId, runId, epoch, weight = 1 } = run;
    const { connection, enrich } = await this.fencedEnrich();
    const fenceKey = this.options.keys.fence(tenantId, runId);
    for (let start = 0; start < companies.length; start += CHUNK) {
      const chunk = companies.slice(start, start + CHUNK);
      const charge = { tenantId, units: 1, weight };
      const tags = await this.fairness.tags(STAGES.enrich.queue, charge, chunk.length);
      const jobs = chunk.map(({ companyId }, i) =>
        companyJob(this.prefix, { tenantId, runId, companyId, epoch, hop: 0 }, Number(tags[i])),
      );
      const added = await connection.whileFenceHolds(fenceKey, token, () => enrich.addBulk(jobs));
      checkAdded(
        added.map((job) => job.id),
        jobs,
      );
    }
  }

  /**
   * Adds the next hop of a company's walk, in a cap's lane or, for `null`, in the stage's own queue. Whoever adds it has
   * written it down as the company's next job before, and has a job of the company in hand, so that the export waits.
   * Adding it again changes nothing.
   */
  async addHop(hop: CompanyHop, { lane, units, weight }: HopPlace): Promise<void> {
    const charge = { tenantId: hop.tenantId, units, weight };
    const [priority] = await this.fairness.tags(walkQueue(lane), charge, 1);
    const job = companyJob(this.prefix, hop, Number(priority));
    const added = await this.lanes.queue(lane).addBulk([job]);
    checkAdded(
      added.map(({ id }) => id),
      [job],
    );
  }

  /** Keeps the run's export waiting until `release`, by a child nobody works on. Without an export there is nothing to keep. */
  async hold({ runId }: { runId: string }): Promise<void> {
    if ((await this.exportJob(runId)) !== 'live') return;
    await this.holdQueue.add(HOLD_QUEUE, null, {
      jobId: jobIds.hold(runId),
      parent: { id: jobIds.export(runId), queue: `${this.prefix}:${STAGES.export.queue}` },
    });
  }

  async release({ runId }: { runId: string }): Promise<void> {
    const job = await this.holdQueue.getJob(jobIds.hold(runId));
    await job?.remove();
  }

  /** Whether the run's export is kept waiting by `hold`. */
  async isHeld(runId: string): Promise<boolean> {
    return (await this.holdQueue.getJob(jobIds.hold(runId))) !== undefined;
  }

  firstJob({ runId }: { runId: string }, companyId: string, epoch: number): string {
    return jobIds.company(runId, companyId, epoch, 0);
  }

  /** `addHop` by the job's name. */
  async addNamed(
    { tenantId, runId, weight }: { tenantId: string; runId: string; weight: number },
    companyId: string,
    { jobId, lane }: { jobId: string; lane: string | null },
  ): Promise<void> {
    // Many come at once, and none before other tenants' companies.
    const place = { lane, units: 1, weight };
    await this.addHop({ tenantId, runId, companyId, ...hopOfJob(jobId), jobId }, place);
  }

  /** `live`: the run's export job is waiting or running · `ended`: completed or failed · `missing`: there is none. */
  async exportJob(runId: string): Promise<'live' | 'ended' | 'missing'> {
    const state = await this.exportQueue.getJobState(jobIds.export(runId));
    if (state === 'unknown') return 'missing';
    return state === 'completed' || state === 'failed' ? 'ended' : 'live';
  }

  /** Answers once it can add: a producer's connection keeps nothing until then, and BullMQ has begun to open it long before. */
  async connect(): Promise<void> {
    await this.flows.waitUntilReady();
  }

  async close(): Promise<void> {
    await Promise.all([
      this.flows.close(),
      this.exportQueue.close(),
      this.holdQueue.close(),
      this.normalizeQueue.close(),
      this.lanes.disconnect(),
      this.fenced?.enrich.close(),
    ]);
    await closeRedis(this.redis);
    if (this.fenced) await closeRedis(this.fenced.connection.redis);
  }

  private async fencedEnrich(): Promise<{ connection: FencedConnection; enrich: Queue }> {
    if (this.fenced?.connection.usable === false) {
      const { enrich } = this.fenced;
      this.fenced = undefined;
      await enrich.close();
    }
    if (!this.fenced) {
      const connection = new FencedConnection(this.options.redisUrl);
      connection.redis.on('error', ignoreReportedElsewhere);
      const enrich = new Queue(STAGES.enrich.queue, { connection: connection.redis, prefix: this.prefix });
      enrich.on('error', ignoreReportedElsewhere);
      this.fenced = { connection, enrich };
    }
    return this.fenced;
  }
}
