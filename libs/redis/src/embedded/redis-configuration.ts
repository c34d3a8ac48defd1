import { join } from 'node:path';

export interface RedisConfiguration {
  /** Absolute. */
  folder: string;
  port: number;
  password: string;
  appendOnly: boolean;
}

/** The text of the private Redis's `redis.conf`. Its quoting is that of JSON, for paths with blanks and quotes. */
export function redisConfiguration({ folder, port, password, appendOnly }: RedisConfiguration): string {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    `logfile ${JSON.stringify(redisLog(folder))}`,
    'save ""',
    `appendonly ${appendOnly ? 'yes' : 'no'}`,
    'appendfsync everysec',
    'maxmemory-policy noeviction',
    // Deleting a run of a hundred thousand companies must not stop everybody else.
    'lazyfree-lazy-user-del yes',
    '',
  ].join('\n');
}

export function redisLog(folder: string): string {
  return join(folder, 'redis.log');
}
