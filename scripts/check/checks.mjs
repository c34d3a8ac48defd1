import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Checks that read the sources. One without its tool on this machine is left out, with a line saying so. */
export function staticChecks({ root, env }) {
  const lua = versionedFiles(root).filter((path) => path.endsWith('.lua'));
  const shell = versionedFiles(root).filter((path) => isShellScript(root, path));
  return [
    { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
    { name: 'types', command: ['tsc', '--noEmit', '-p', '.'] },
    { name: 'lint', command: ['eslint', '--max-warnings', '0', '.'] },
    { name: 'boundaries', command: ['depcruise', 'apps', 'libs', 'test', 'bench'] },
    { name: 'unused code', command: ['knip', '--no-progress'] },
    ...optional(env, 'shellcheck', ['shellcheck', '--severity', 'style', ...shell], shell),
    ...optional(
      env,
      'luacheck',
      ['luacheck', '--quiet', '--no-max-line-length', ...LUA_GLOBALS, ...lua],
      lua,
    ),
  ];
}

const LUA_GLOBALS = [
  '--std',
  'lua51',
  '--read-globals',
  'redis',
  'cjson',
  'cmsgpack',
  'bit',
  'KEYS',
  'ARGV',
  '--',
];

/** Every `scripts/generate-*.mjs` writes a committed file from the code; with `--check` it only compares. */
export function generatedChecks({ root }) {
  return readdirSync(join(root, 'scripts'))
    .filter((name) => /^generate-.*\.mjs$/.test(name))
    .map((name) => ({ name: `${name} --check`, command: ['node', `scripts/${name}`, '--check'] }));
}

function optional(env, tool, command, files) {
  if (files.length === 0) return [];
  if (spawnSync(tool, ['--version'], { env, stdio: 'ignore' }).error === undefined)
    return [{ name: tool, command }];
  console.log(`- ${tool} is not installed: left out`);
  return [];
}

function versionedFiles(root) {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  return execFileSync('git', list, { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)));
}

function isShellScript(root, path) {
  if (path.endsWith('.sh')) return true;
  if (/\.[a-z]+$/.test(path)) return false;
  return /^#!.*\b(sh|bash)\b/.test(readFileSync(join(root, path), 'utf8').slice(0, 64));
}
