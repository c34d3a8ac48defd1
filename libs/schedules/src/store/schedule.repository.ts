import { join } from 'node:path';
import {
  appError,
  scheduleSchema,
  scheduleStateSchema,
  type Schedule,
  type ScheduleState,
} from '#libs/contracts';
import { LuaScript, type CellKeys, type RedisClient } from '#libs/redis';

export interface ScheduleRef {
  tenantId: string;
  name: string;
}

/** A schedule as it was read; `version` is what a change of it must bring back. */
export interface StoredSchedule {
  schedule: Schedule;
  state: ScheduleState;
  version: string;
}

const script = (name: string): LuaScript => new LuaScript(join(__dirname, '../lua', `${name}.lua`));
const storeSchedule = script('store-schedule-3');
const removeSchedule = script('remove-schedule-3');

/** Schedules in Redis. Each is changed as a whole, and only by who has read what stands there. */
export class ScheduleRepository {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  async find(ref: ScheduleRef): Promise<StoredSchedule | undefined> {
    const hash = await this.redis.hgetall(this.keys.schedule(ref.tenantId, ref.name));
    if (hash.schedule === undefined || hash.state === undefined) return undefined;
    return {
      schedule: scheduleSchema.parse(JSON.parse(hash.schedule)),
      state: scheduleStateSchema.parse(JSON.parse(hash.state)),
      version: String(hash.version),
    };
  }

  /** As `find`, throwing `schedule_not_found`. */
  async get(ref: ScheduleRef): Promise<StoredSchedule> {
    const stored = await this.find(ref);
    if (stored) return stored;
    throw appError('schedule_not_found', `tenant ${ref.tenantId} has no schedule ${ref.name}`);
  }

  /** A tenant's schedules by name. */
  async list(tenantId: string): Promise<StoredSchedule[]> {
    const names = await this.redis.smembers(this.keys.schedules(tenantId));
    const found = await Promise.all(names.sort().map((name) => this.find({ tenantId, name })));
    return found.filter((stored) => stored !== undefined);
  }

  /** `nextLookMs`: when it is to be looked at if nobody comes by before. False: somebody has changed it since it was read. */
  async save({ schedule, state, version }: StoredSchedule, nextLookMs: number): Promise<boolean> {
    const ref = { tenantId: schedule.tenant_id, name: schedule.name };
    const saved = await storeSchedule.run(this.redis, this.keysOf(ref), [
      version,
      JSON.stringify(schedule),
      JSON.stringify(state),
      nextLookMs,
      ref.name,
      memberOf(ref),
    ]);
    return saved === 1;
  }

  /** Throws `schedule_exists`. */
  async create(schedule: Schedule, state: ScheduleState, nextLookMs: number): Promise<void> {
    if (await this.save({ schedule, state, version: '0' }, nextLookMs)) return;
    throw appError('schedule_exists', `tenant ${schedule.tenant_id} has a schedule ${schedule.name} already`);
  }

  /** False: there was none. */
  async remove(ref: ScheduleRef): Promise<boolean> {
    const removed = await removeSchedule.run(this.redis, this.keysOf(ref), [ref.name, memberOf(ref)]);
    return removed === 1;
  }

  /** Those that are to be looked at by then, longest due first. */
  async due(nowMs: number, limit: number): Promise<ScheduleRef[]> {
    const key = this.keys.schedulesDue();
    const members = await this.redis.zrangebyscore(key, '-inf', nowMs, 'LIMIT', 0, limit);
    return members.map((member) => {
      const [tenantId = '', name = ''] = member.split('/');
      return { tenantId, name };
    });
  }

  private keysOf({ tenantId, name }: ScheduleRef): [string, string, string] {
    return [this.keys.schedule(tenantId, name), this.keys.schedules(tenantId), this.keys.schedulesDue()];
  }
}

function memberOf({ tenantId, name }: ScheduleRef): string {
  return `${tenantId}/${name}`;
}
