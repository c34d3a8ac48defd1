import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { redisStanding } from './redis-standing';

/** The Redis that a folder's configuration was last written for, running or not. */
export interface ConfiguredRedis {
  port: number;
  password: string;
}

/** Undefined: no Redis of ours was ever started in this folder, or its configuration may not be read. */
export async function configuredRedis(folder: string): Promise<ConfiguredRedis | undefined> {
  const config = await readFile(join(folder, 'redis.conf'), 'utf8').catch(() => '');
  const [, port] = /^port (\d+)$/m.exec(config) ?? [];
  const [, password] = /^requirepass (\S+)$/m.exec(config) ?? [];
  return port === undefined || password === undefined ? undefined : { port: Number(port), password };
}

/**
 * What there is of a private Redis in a data folder: the `url` of one that answers, with its password: keep it out of logs ·
 * `stopped`: what it kept is there, nobody serves it · `none`.
 */
export async function embeddedRedisOf(
  dataDir: string,
): Promise<{ standing: 'running'; url: string } | { standing: 'stopped' | 'none' }> {
  const redis = await configuredRedis(join(resolve(dataDir), 'redis'));
  if (!redis) return { standing: 'none' };
  const answers = (await redisStanding(redis.port, redis.password)) !== 'silent';
  return answers ? { standing: 'running', url: embeddedRedisUrl(redis) } : { standing: 'stopped' };
}

export function embeddedRedisUrl({ port, password }: ConfiguredRedis): string {
  return `redis://:${password}@127.0.0.1:${port}`;
}
