import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { REPOSITORY } from '../repository';

/** Path below the tree's root → its text. */
export type Files = Readonly<Record<string, string>>;

export interface Violation {
  rule: string;
  from: string;
  to: string;
}

const STUBBED_PACKAGES = [
  'bullmq',
  '@nestjs/bullmq',
  '@nestjs/common',
  'ioredis',
  'undici',
  'openai',
  '@opentelemetry/api',
  'jest',
];

/**
 * Writes the files into a tree of their own, with this repository's rules, import alias and stubs of the packages the
 * rules speak of, and answers what dependency-cruiser reports there.
 */
export function violationsIn(files: Files): Violation[] {
  const root = mkdtempSync(join(tmpdir(), 'boundaries-'));
  try {
    for (const name of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json']) {
      copyFileSync(join(REPOSITORY, name), join(root, name));
    }
    for (const name of STUBBED_PACKAGES) {
      write(root, `node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
      write(root, `node_modules/${name}/index.js`, 'module.exports = {};\n');
    }
    for (const [path, text] of Object.entries(files)) write(root, path, text);
    return cruise(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function cruise(root: string): Violation[] {
  const program = join(REPOSITORY, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const options: ExecFileSyncOptionsWithStringEncoding = { cwd: root, encoding: 'utf8', timeout: 60_000 };
  const report = JSON.parse(
    execFileSync(process.execPath, [program, '--output-type', 'json', 'apps', 'libs', 'test'], options),
  ) as { summary: { violations: { rule: { name: string }; from: string; to: string }[] } };
  return report.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}
