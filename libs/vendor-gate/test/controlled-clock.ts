import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LUA_INCLUDES, type RedisClient } from '#libs/redis';
import { loadGateScripts, type GateScripts } from '../src/gate-scripts';

const SCRIPTS = join(__dirname, '../src/lua');
const CLOCK = "redis.call('TIME')";
const CLOCK_KEY = 'clock-of-the-test';

/**
 * The gate's own scripts, but with a clock the test sets: the one line that reads Redis's is another. The scripts of
 * production know no such key and cannot be told the time.
 */
export class ControlledClock {
  readonly scripts: GateScripts;
  private readonly folder: string;
  /** Ms since 1970. */
  now: number;

  constructor(
    private readonly redis: RedisClient,
    start: number,
  ) {
    this.now = start;
    this.folder = mkdtempSync(join(tmpdir(), 'gate-scripts-'));
    cpSync(SCRIPTS, this.folder, { recursive: true });
    cpSync(LUA_INCLUDES, join(this.folder, 'includes'), { recursive: true });
    const files = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    let changed = 0;
    for (const file of files.filter((name) => name.endsWith('.lua'))) {
      const source = readFileSync(join(this.folder, file), 'utf8');
      if (source.split(CLOCK).length > 2) throw new Error(`${file} reads the clock more than once`);
      if (source.includes(CLOCK)) changed += 1;
      const controlled = source.replace(CLOCK, `redis.call('HMGET', '${CLOCK_KEY}', 's', 'us')`);
      writeFileSync(join(this.folder, file), controlled);
    }
    // Acquire and settle share the one of the command they run in.
    if (changed < 6) throw new Error(`only ${changed} scripts read the clock as \`${CLOCK}\``);
    this.scripts = loadGateScripts(this.folder);
    rmSync(this.folder, { recursive: true });
  }

  async set(now: number): Promise<void> {
    this.now = now;
    await this.redis.hset(CLOCK_KEY, { s: Math.floor(now / 1_000), us: (now % 1_000) * 1_000 });
  }

  advance(ms: number): Promise<void> {
    return this.set(this.now + ms);
  }
}
