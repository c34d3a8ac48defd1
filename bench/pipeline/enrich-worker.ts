import 'reflect-metadata';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createLogger } from '#libs/observability';
import { LaneList, RunFlow, stageWorkerModule } from '#libs/queue';
import { CellKeys, createBusyRedis, workerConnectionOptions } from '#libs/redis';
import { CompanyRepository, RunRepository } from '#libs/run-state';
import { RedisGate } from '#libs/vendor-gate';
import { EnrichHandler } from '../../apps/enrich/src/enrich.handler';
import { PlanCache } from '../../apps/enrich/src/plan-cache';
import { Quarantine } from '../../apps/enrich/src/quarantine';
import { CompanyWalk } from '../../apps/enrich/src/walk/company-walk';
import { Continuations } from '../../apps/enrich/src/walk/continuations';
import { GatedCall } from '../../apps/enrich/src/walk/gated-call';
import { InstantDesk } from './instant-desk';

/** As many lanes as there are vendors; nobody waits in them, and they must cost nothing. */
const IDLE_LANES = Array.from({ length: 16 }, (_, n) => ({ capId: `idle-${n}`, concurrency: 100 }));

/** One enrich process of the benchmark: the real handler, walk and gate; only the vendor answers within the process. */
async function main([redisUrl = '', cell = '', concurrency = '']: string[]): Promise<void> {
  const keys = new CellKeys(cell);
  const redis = createBusyRedis(redisUrl);
  await redis.connect();
  const runs = new RunRepository(redis, keys);
  const companies = new CompanyRepository(redis, keys);
  const flow = new RunFlow({ redisUrl, keys, connection: workerConnectionOptions() });
  const calls = new GatedCall(new RedisGate(redis, keys), new InstantDesk(), flow.lanes, runs);
  const providers = [
    { provide: LaneList, useValue: new LaneList(IDLE_LANES) },
    { provide: CompanyRepository, useValue: companies },
    {
      provide: Quarantine,
      useValue: new Quarantine(companies, createLogger({ app: 'enrich', level: 'warn' })),
    },
    { provide: PlanCache, useValue: new PlanCache(runs) },
    {
      provide: CompanyWalk,
      useValue: new CompanyWalk(companies, calls, new Continuations(companies, flow)),
    },
  ];
  @Global()
  @Module({ providers, exports: providers })
  class BenchModule {}

  const worker = stageWorkerModule({
    stage: 'enrich',
    concurrency: Number(concurrency),
    redisUrl,
    keys,
    handler: EnrichHandler,
    imports: [BenchModule],
    finishMs: 0,
    observer: {
      jobEnded: ({ outcome, error }) => {
        if (error) process.stderr.write(`${outcome}: ${error.message}\n`);
      },
    },
    onError: (error) => process.stderr.write(`${error.message}\n`),
  });
  await NestFactory.createApplicationContext(worker, { logger: ['error'] });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ type: 'ready' });
}

void main(process.argv.slice(2));
