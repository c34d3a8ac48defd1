import { CellKeys, closeRedis, createRedis, workerConnectionOptions, type RedisClient } from '#libs/redis';
import { startTestRedis, type TestRedis } from '#libs/testing';
import type { CallRequest, Grant } from '../src/gate.port';
import { RedisGate } from '../src/redis-gate';
import { RedisGateOperations } from '../src/redis-gate-operations';
import { ControlledClock } from './controlled-clock';

/** A gate on a real Redis whose time the test sets; a new cell for every test. */
export class TimedGate {
  keys = new CellKeys('none');
  private cell = 0;

  private constructor(
    private readonly server: TestRedis,
    readonly redis: RedisClient,
    readonly clock: ControlledClock,
  ) {}

  static async start(): Promise<TimedGate> {
    const server = await startTestRedis();
    const redis = createRedis(server.url, workerConnectionOptions());
    await redis.connect();
    return new TimedGate(server, redis, new ControlledClock(redis, NOON));
  }

  get gate(): RedisGate {
    return new RedisGate(this.redis, this.keys, undefined, this.clock.scripts);
  }

  get operations(): RedisGateOperations {
    return new RedisGateOperations(this.redis, this.keys, this.clock.scripts);
  }

  async newCell(): Promise<void> {
    this.cell += 1;
    this.keys = new CellKeys(`t${this.cell}`);
    await this.clock.set(NOON);
    await this.redis.hset(this.keys.run('acme', 'run_1'), { state: 'running' });
    await this.redis.hset(this.keys.company('acme', 'run_1', 'c_1'), { state: 'pending' });
  }

  async granted(request: CallRequest): Promise<Grant> {
    const answer = await this.gate.acquire(request);
    if (answer.kind !== 'granted') throw new Error(`expected a grant, got ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The run's hash, as numbers. */
  async counters(run = this.keys.run('acme', 'run_1')): Promise<Record<string, number>> {
    const hash = await this.redis.hgetall(run);
    return Object.fromEntries(Object.entries(hash).map(([field, value]) => [field, Number(value)]));
  }

  async stop(): Promise<void> {
    await closeRedis(this.redis);
    await this.server.stop();
  }
}

/** Noon UTC of today: within what a worker's clock says of the calendar. */
const NOON = Math.floor(Date.now() / 86_400_000) * 86_400_000 + 43_200_000;
