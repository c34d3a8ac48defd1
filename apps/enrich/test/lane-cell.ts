import { randomBytes } from 'node:crypto';
import { Global, Injectable, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { WalkPlan } from '#libs/contracts';
import { shortHash } from '#libs/kernel';
import { createLogger } from '#libs/observability';
import {
  DONE,
  LaneList,
  RunFlow,
  stageWorkerModule,
  type StageHandler,
  type StageJobReport,
} from '#libs/queue';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { CompanyRepository, RunRepository, type RunRef } from '#libs/run-state';
import { companyNumber } from '#libs/testing';
import { RedisGate, SuppressionNames, type Gate } from '#libs/vendor-gate';
import { EnrichHandler } from '../src/enrich.handler';
import { PlanCache } from '../src/plan-cache';
import { Quarantine } from '../src/quarantine';
import { CompanyWalk } from '../src/walk/company-walk';
import { Continuations, type HopPort } from '../src/walk/continuations';
import { GatedCall } from '../src/walk/gated-call';
import { ScriptedDesk } from './scripted-desk';

const SILENT = createLogger({ app: 'enrich', level: 'silent' });
const PLAN: WalkPlan = {
  waterfalls: { crawl_website: ['web'], find_contacts: ['finder'], verify_email: ['verifier'] },
  titles: ['CEO'],
  max_verifications: 1,
  max_email_finds: 0,
  policies: {},
};

/** One enrich process, within this one. */
export interface LaneWorker {
  readonly reports: StageJobReport[];
  stop(): Promise<void>;
}

export interface LaneWorkerOptions {
  concurrency?: number;
  finishMs?: number;
  gate?: Gate;
  /** In place of the run's flow. */
  flow?: HopPort;
  lanes?: readonly string[];
}

/** Runs, their flow and enrich workers with lanes on one Redis; only the vendors are played. */
export class LaneCell {
  readonly desk = new ScriptedDesk();
  readonly keys: CellKeys;
  readonly runs: RunRepository;
  readonly companies: CompanyRepository;
  readonly flow: RunFlow;
  private readonly stops: (() => Promise<void>)[] = [];
  /** How the cell names whom a tenant has suppressed. */
  readonly suppressions = new SuppressionNames(randomBytes(32).toString('base64'));

  private constructor(
    readonly redis: RedisClient,
    private readonly redisUrl: string,
    cell: string,
  ) {
    this.keys = new CellKeys(cell);
    this.runs = new RunRepository(redis, this.keys);
    this.companies = new CompanyRepository(redis, this.keys);
    this.flow = new RunFlow({ redisUrl, keys: this.keys, connection: workerConnectionOptions() });
  }

  static async start(redisUrl: string, cell: string): Promise<LaneCell> {
    const redis = createRedis(redisUrl, workerConnectionOptions());
    await redis.connect();
    return new LaneCell(redis, redisUrl, cell);
  }

  gate(): RedisGate {
    return new RedisGate(this.redis, this.keys, this.suppressions);
  }

  /** A running run whose companies are all in the queue, as normalize leaves it; with `domains`, of these. */
  async addRun(count: number, domains?: readonly string[]): Promise<RunRef & { domains: string[] }> {
    const tenant = 'acme';
    const created = await this.runs.create(
      { tenant_id: tenant, input: 'go', mode: 'full', limit: count, export: ['csv'] },
      { source: 'cli' },
    );
    await this.flow.addRun(created);
    const plan = { icp: {}, stages: [], walk: PLAN, simulated: false, source_run_id: null };
    await this.runs.transition(created, 'running', {
      event: 'run_start',
      message: 'go',
      fields: { plan: JSON.stringify(plan) },
    });
    const claim = await this.runs.adding.claim(created);
    if ('closed' in claim) throw new Error('a new run takes companies');
    const candidates = Array.from({ length: count }, (_, n) => {
      const domain = domains?.[n] ?? `${tenant}-${created.runId.slice(-6)}-${n}.example`.toLowerCase();
      const ofDomain = { company_id: `c_${shortHash(domain, 16)}`, name: domain, domain };
      const match = { matched: true, pre_score: 50, reasons: [] };
      return { company: companyNumber(n, ofDomain), match, position: n + 1 };
    });
    await this.companies.create(created, claim.token, candidates);
    await this.runs.adding.advance(created, claim.token, { cursor: count, candidates: count });
    const run = { tenantId: created.tenantId, runId: created.runId };
    const children = candidates.map(({ company: { company_id: companyId } }) => ({ companyId }));
    await this.flow.addCompanies({ ...run, epoch: 0 }, claim.token, children);
    return { ...run, domains: candidates.map(({ company: { domain } }) => String(domain)) };
  }

  async enrich(options: LaneWorkerOptions = {}): Promise<LaneWorker> {
    const { concurrency = 20, finishMs = 60_000, lanes = ['web', 'finder', 'verifier'] } = options;
    const calls = new GatedCall(options.gate ?? this.gate(), this.desk, this.flow.lanes, this.runs);
    const walk = new CompanyWalk(
      this.companies,
      calls,
      new Continuations(this.companies, options.flow ?? this.flow),
    );
    const list = lanes.map((capId) => ({
      capId,
      concurrency: this.desk.terms(capId, 'verify_email').cap.concurrency,
    }));
    return this.work('enrich', EnrichHandler, concurrency, finishMs, [
      { provide: CompanyRepository, useValue: this.companies },
      { provide: PlanCache, useValue: new PlanCache(this.runs) },
      { provide: CompanyWalk, useValue: walk },
      { provide: Quarantine, useValue: new Quarantine(this.companies, SILENT) },
      { provide: LaneList, useValue: new LaneList(list) },
    ]);
  }

  /** Ends whatever normalize and export are given, at once: for when all companies are added. */
  async endStages(): Promise<{ exported: () => number }> {
    const [, exporting] = await Promise.all(
      (['normalize', 'export'] as const).map((stage) => {
        @Injectable()
        class Ending implements StageHandler {
          readonly stage = stage;
          handle = (): Promise<typeof DONE> => Promise.resolve(DONE);
        }
        return this.work(stage, Ending, 1, 60_000, []);
      }),
    );
    return { exported: () => exporting?.reports.length ?? 0 };
  }

  async stop(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
    await this.flow.close();
    await closeRedis(this.redis);
  }

  private async work(
    stage: StageHandler['stage'],
    handler: Type<StageHandler>,
    concurrency: number,
    finishMs: number,
    providers: { provide: unknown; useValue: unknown }[],
  ): Promise<LaneWorker> {
    @Global()
    @Module({ providers: providers as never, exports: providers as never })
    class ProvidedModule {}
    const reports: StageJobReport[] = [];
    const app = await NestFactory.createApplicationContext(
      stageWorkerModule({
        stage,
        concurrency,
        redisUrl: this.redisUrl,
        keys: this.keys,
        handler,
        imports: [ProvidedModule],
        finishMs,
        observer: { jobEnded: (report) => reports.push(report) },
        onError: () => undefined,
      }),
      { logger: false, abortOnError: false },
    );
    let closed: Promise<void> | undefined;
    const stop = (): Promise<void> => (closed ??= app.close());
    this.stops.push(stop);
    return { reports, stop };
  }
}
