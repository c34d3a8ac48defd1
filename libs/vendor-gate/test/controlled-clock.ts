import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RedisClient } from '#libs/redis';
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
    const verbs = readdirSync(SCRIPTS).filter((file) => file.endsWith('.lua'));
    let changed = 0;
    for (const verb of verbs) {
      const source = readFileSync(join(SCRIPTS, verb), 'utf8');
      if (source.split(CLOCK).length > 2) throw new Error(`${verb} reads the clock more than once`);
      if (source.includes(CLOCK)) changed += 1;
      const controlled = source.replace(CLOCK, `redis.call('HMGET', '${CLOCK_KEY}', 's', 'us')`);
      writeFileSync(join(this.folder, verb), controlled);
    }
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
