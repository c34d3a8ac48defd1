// Reads the units of scripts/systemd as systemd would, by `systemd-analyze`: it must find nothing to complain of, and none of
// them may be open to more of the machine than it needs. Arguments: the folder of the units (default: scripts/systemd).
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
/** Where the units expect the project; here it is where it is. */
const HOME = '/opt/leadgen/';
/** Of `systemd-analyze security`, in tenths: below is what systemd itself calls OK. */
const EXPOSURE_MAX = 20;

const problems = verify(process.argv[2] ?? join(root, 'scripts/systemd'));
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function verify(folder) {
  const stage = mkdtempSync(join(tmpdir(), 'leadgen-units-'));
  try {
    cpSync(folder, stage, { recursive: true });
    const files = readdirSync(stage).filter((name) => /\.(service|timer)$/.test(name));
    if (files.length === 0) return [`${folder} has no unit`];
    for (const file of files) {
      const text = readFileSync(join(stage, file), 'utf8');
      writeFileSync(join(stage, file), text.replaceAll(HOME, `${root}/`));
    }
    return files.flatMap((file) => {
      const unit = file.replace('@.', '@enrich.');
      return [...complaints(stage, unit), ...(file.endsWith('.service') ? exposure(stage, unit) : [])];
    });
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** Its exit code is 0 whatever it finds unless it is asked for another. What it says of other units is not ours. */
function complaints(stage, unit) {
  const { stderr, status } = analyze(stage, ['verify', '--man=no', '--recursive-errors=no', unit]);
  const said = stderr.split('\n').filter((line) => line.includes(stage) || line.includes(unit));
  if (said.length > 0) return said.map((line) => `${unit}: ${line}`);
  return status === 0 ? [] : [`${unit}: systemd-analyze verify ended with ${status}: ${stderr}`];
}

function exposure(stage, unit) {
  const words = ['security', '--offline=true', `--threshold=${EXPOSURE_MAX}`, '--no-pager', unit];
  const { stdout, stderr, status } = analyze(stage, words);
  if (status === 0) return [];
  const [overall = stderr] = stdout.match(/Overall exposure level.*/) ?? [];
  return [`${unit}: ${overall.trim()}, over ${EXPOSURE_MAX / 10}`];
}

function analyze(stage, words) {
  const { error, ...result } = spawnSync('systemd-analyze', words, {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C', SYSTEMD_UNIT_PATH: [stage, ...systemUnits()].join(delimiter) },
  });
  if (error) throw error;
  return result;
}

/** systemd's own units, of the systemd that systemd-analyze belongs to: targets that ours name. */
function systemUnits() {
  const folders = process.env.PATH.split(delimiter);
  const bin = folders.find((folder) => existsSync(join(folder, 'systemd-analyze'))) ?? '/usr/bin';
  const base = dirname(bin);
  return [join(base, 'lib/systemd/system'), join(dirname(base), 'lib/systemd/system')].filter(existsSync);
}
