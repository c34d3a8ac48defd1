import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { refuse } from './end.mjs';

const execute = promisify(execFile);
/** So much of a reply is kept. */
const OUTPUT_MAX = 1024 ** 2;

/** The words and the environment by which redis-cli reaches a server; the password is in no list of processes. */
export function redisCli(url) {
  if (!URL.canParse(url)) refuse(2, 'REDIS_URL is no URL like redis://127.0.0.1:6379');
  const { protocol, hostname, port, username, password } = new URL(url);
  if (!/^rediss?:$/.test(protocol)) {
    refuse(
      2,
      `REDIS_URL is ${protocol}//…: name the server itself, a replica will do, by redis:// or rediss://`,
    );
  }
  const words = [
    '-h',
    hostname.replace(/^\[|\]$/g, '') || '127.0.0.1',
    '-p',
    port || '6379',
    '--no-auth-warning',
  ];
  if (protocol === 'rediss:') words.push('--tls');
  if (username) words.push('--user', decodeURIComponent(username));
  return { words, env: { ...process.env, ...(password && { REDISCLI_AUTH: decodeURIComponent(password) }) } };
}

export async function askRedis({ words, env }, ...command) {
  try {
    const { stdout } = await execute('redis-cli', [...words, ...command], { env, maxBuffer: OUTPUT_MAX });
    return stdout;
  } catch (error) {
    if (error.code === 'ENOENT') {
      refuse(
        69,
        'there is no redis-cli on PATH: install redis-tools, or take the backup where the server is',
      );
    }
    return refuse(69, `redis-cli ${command[0]}: ${(error.stderr || error.stdout || error.message).trim()}`);
  }
}

/** Of the server that is to read a backup: its version, as it says itself. */
export async function versionOfProgram(program) {
  try {
    const { stdout } = await execute(program, ['--version']);
    const version = /v=([\d.]+)/.exec(stdout)?.[1];
    if (version !== undefined) return version;
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return refuse(
    2,
    `${program} does not say its version: name the server that is to read the backup with --redis-server, or --redis-version 7.2`,
  );
}

/** True if a snapshot of `of` can be read by `by`: by the same release line or a later one. */
export function canRead(by, of) {
  const [byMajor = 0, byMinor = 0] = by.split('.').map(Number);
  const [ofMajor = 0, ofMinor = 0] = of.split('.').map(Number);
  return byMajor > ofMajor || (byMajor === ofMajor && byMinor >= ofMinor);
}
