// Reads docker-compose.yml as Compose does, with every profile: by `docker compose` where there is one, else by the
// docker-compose of Debian's and Ubuntu's package, unpacked without installing it. What we ask of it beyond that is in
// test/architecture/compose. Argument: the file (default: docker-compose.yml).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { composeProgram } from './tools/compose-program.mjs';

const root = join(import.meta.dirname, '../..');
const file = process.argv[2] ?? join(root, 'docker-compose.yml');
const PROFILES = ['demo', 'watch', 'grafana', 'tools'];

const { command, env } = await composeProgram();
const [program, ...words] = command;
const options = ['--project-directory', root, '-f', file, ...PROFILES.flatMap((name) => ['--profile', name])];
const { status, stderr, error } = spawnSync(program, [...words, ...options, 'config', '-q'], {
  encoding: 'utf8',
  env,
});
if (error) throw error;
if (stderr !== '') console.error(stderr.trimEnd());
process.exitCode = status ?? 1;
