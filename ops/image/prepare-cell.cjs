// Makes the secrets of a cell on one machine, once: docker-compose.yml runs it before anything else. Each is random, and
// nobody has to know it; what is there already stays. Folders are volumes: /secrets for our own processes, /redis for Redis,
// /grafana for Grafana.
const { randomBytes } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');

/** With letters and digits only it stands in a URL and in a configuration file as it is. */
const password = () => randomBytes(24).toString('hex');

const redisPassword = kept('/redis/password', password);
kept('/secrets/redis-url', () => `redis://:${redisPassword}@redis:6379`);
kept('/secrets/sealing-key', () => randomBytes(32).toString('base64'));
kept('/secrets/suppression-key', () => randomBytes(32).toString('base64'));
kept('/grafana/admin-password', password);
writeFileSync(
  '/redis/redis.conf',
  [
    `requirepass ${redisPassword}`,
    'dir /data',
    // Loses a second of acknowledged writes at most when the machine loses power, nothing when a process is killed.
    'appendonly yes',
    'appendfsync everysec',
    // A full Redis refuses instead of throwing runs away; from 80 % on the API takes no new ones.
    'maxmemory 512mb',
    'maxmemory-policy noeviction',
    'lazyfree-lazy-user-del yes',
    '',
  ].join('\n'),
  { mode: 0o600 },
);

function kept(file, make) {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8');
}
