import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bringTools } from './bring-tools.mjs';

/**
 * Linters that are not npm packages, and the Debian packages they come in, with what those need beyond a bare system. A
 * release has only some of them.
 */
const LINTERS = {
  shellcheck: ['shellcheck', 'libffi8', 'libgmp10'],
  luacheck: ['lua-check', 'lua-argparse', 'lua-filesystem', 'lua5.1', 'libreadline8', 'libreadline8t64'],
};

/** Reads systemd's units as systemd does; with the libraries a bare Debian 12 or 13, or Ubuntu 24.04, has not. */
const UNIT_READER = {
  'systemd-analyze': [
    'systemd',
    'libsystemd-shared',
    'libacl1',
    'libapparmor1',
    'libaudit1',
    'libblkid1',
    'libcap2',
    'libcap-ng0',
    'libcrypt1',
    'libgcrypt20',
    'libgpg-error0',
    'libip4tc2',
    'libkmod2',
    'liblz4-1',
    'libmount1',
    'libpam0g',
    'libseccomp2',
    'libssl3',
    'libssl3t64',
  ],
};

/**
 * Checks that read the sources. A linter that cannot be had on this machine counts nothing, with a line saying so; in CI
 * that is a failure.
 */
export async function staticChecks({ root, env }, bring = bringTools) {
  const linters = await bring(LINTERS, { env, cacheDir: join(root, '.cache/linters') });
  const systemd = await bring(UNIT_READER, { env, cacheDir: join(root, '.cache/systemd') });
  const withTool = (brought, tool, name, command) =>
    brought.missing[tool] === undefined
      ? [{ name, command, env: brought.env }]
      : leftOut(tool, brought.missing[tool], env);
  const linter = (name, options, files) => withTool(linters, name, name, [name, ...options, ...files]);
  const lua = versionedFiles(root).filter((path) => path.endsWith('.lua'));
  const shell = versionedFiles(root).filter((path) => isShellScript(root, path));
  return [
    { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
    { name: 'types', command: ['tsc', '--noEmit', '-p', '.'] },
    { name: 'lint', command: ['eslint', '--max-warnings', '0', '.'] },
    { name: 'boundaries', command: ['depcruise', 'apps', 'libs', 'test', 'bench'] },
    { name: 'unused code', command: ['knip', '--no-progress'] },
    ...linter('shellcheck', ['--severity', 'style', '--'], shell),
    ...withTool(systemd, 'systemd-analyze', 'systemd units', ['node', 'scripts/check/verify-units.mjs']),
    { name: 'prometheus', command: ['node', 'scripts/check/check-prometheus.mjs'] },
    { name: 'compose', command: ['node', 'scripts/check/verify-compose.mjs'] },
    ...linter('luacheck', ['--quiet', '--no-max-line-length', ...LUA_GLOBALS], lua),
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
  'include',
  '--',
];

/** Every `scripts/generate-*.mjs` writes a committed file from the code; with `--check` it only compares. */
export function generatedChecks({ root }) {
  const generators = readdirSync(join(root, 'scripts')).filter((name) => /^generate-.*\.mjs$/.test(name));
  return [
    ...generators.map((name) => ({
      name: `${name} --check`,
      command: ['node', `scripts/${name}`, '--check'],
    })),
    { name: 'bundles', command: ['node', 'scripts/check/verify-bundles.mjs'] },
  ];
}

function leftOut(name, why, env) {
  if (env.CI) return [{ name, problem: `${name} is needed in CI: ${why}` }];
  console.log(`- ${name} left out: ${why}`);
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
