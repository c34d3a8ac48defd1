// Reads what ops/ has for Prometheus and Alertmanager as they would read it: rules, their unit tests, every configuration.
// Arguments: the folder (default: ops).
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { debianTool } from './tools/debian-tool.mjs';

const execute = promisify(execFile);
const folder = process.argv[2] ?? join(import.meta.dirname, '../../ops');

const promtool = await debianTool('promtool');
const amtool = await debianTool('amtool');
const tests = readdirSync(join(folder, 'prometheus/tests'))
  .filter((name) => name.endsWith('.test.yml'))
  .map((name) => join(folder, 'prometheus/tests', name));
if (tests.length === 0) throw new Error(`${folder}/prometheus/tests has no tests`);

const configurations = readdirSync(join(folder, 'prometheus'))
  .filter((name) => name.endsWith('.yml') && !name.endsWith('.rules.yml'))
  .map((name) => join(folder, 'prometheus', name));

const commands = [
  ...configurations.map((path) => [promtool, 'check', 'config', path]),
  // Rules that say the same twice, among other things, it would only mention.
  [promtool, 'check', 'rules', '--lint=all', '--lint-fatal', join(folder, 'prometheus/leadgen.rules.yml')],
  [amtool, 'check-config', join(folder, 'alertmanager/alertmanager.yml')],
  ...tests.map((path) => [promtool, 'test', 'rules', path]),
];
// Each of the tests evaluates all rules over hours: one process for each, side by side.
const results = await Promise.all(
  commands.map(([program, ...args]) =>
    execute(program, args).then(
      () => undefined,
      ({ stdout, stderr, message }) => `${args.join(' ')}:\n${stdout ?? ''}${stderr ?? message}`.trim(),
    ),
  ),
);
const problems = results.filter((problem) => problem !== undefined);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
