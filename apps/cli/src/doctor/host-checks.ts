import { constants } from 'node:fs';
import { access, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Settings } from '#libs/config';
import { errorCode, toError } from '#libs/kernel';
import { fail, ok, unknown, warn, type Check, type Finding } from './check';
import { judgeCrontab } from './crontab';
import { outputOf } from './run-program';

/** The repository's root, seen from `dist/apps/cli/src/doctor`. */
const ROOT = join(__dirname, '../../../../..');
const OLDEST_NODE = [24, 15] as const;
const SYSTEM_CRONTAB = '/etc/cron.d/leadgen';

/** What this host has: versions, disk, cron, systemd. */
export function hostChecks({ storageDir }: Settings, crontabFile: string | undefined): Check[] {
  return [
    { id: 'node', look: node },
    { id: 'npm', look: npm },
    { id: 'bullmq', look: bullmq },
    { id: 'storage', look: () => storage(storageDir) },
    { id: 'cron', look: () => cron(crontabFile) },
    { id: 'systemd', look: systemd },
  ];
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const good = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const found = `Node ${process.versions.node}`;
  return good ? ok(found) : fail(found, `use ${OLDEST_NODE.join('.')} or later; npm install brings one`);
}

async function npm(): Promise<Finding> {
  const version = (await outputOf('npm', '--version'))?.trim();
  return version === undefined
    ? unknown('there is no npm on PATH', 'none is needed to run; updates need it')
    : ok(`npm ${version}`);
}

async function bullmq(): Promise<Finding> {
  const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const text = await readIfThere(join(ROOT, 'node_modules/bullmq/package.json'));
  if (text === undefined) return unknown('packages are bundled here', 'an image has those of its release');
  const installed = JSON.parse(text) as { version: string };
  const wanted = manifest.dependencies.bullmq;
  return installed.version === wanted
    ? ok(`BullMQ ${installed.version}`)
    : fail(
        `BullMQ ${installed.version} is installed, this release is tested with ${wanted ?? '?'}`,
        'run npm ci',
      );
}

/** Undefined: there is no such file, as in an image, which has bundles in place of packages and scripts. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function storage(dir: string): Promise<Finding> {
  const hint = `let the user of the processes write ${dir}, or set LEADGEN_STORAGE_DIR`;
  const probe = join(dir, `.doctor-${process.pid}`);
  try {
    await writeFile(probe, 'written by leadgen doctor');
    await rm(probe);
    return ok(`${dir} can be written`);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') return fail(`${dir}: ${toError(error).message}`, hint);
  }
  const parent = await nearest(dir);
  return (await mayWrite(parent))
    ? ok(`${dir} is not there yet; it can be made in ${parent}`)
    : fail(`${dir} is not there, and ${parent} cannot be written`, hint);
}

async function nearest(dir: string): Promise<string> {
  let place = dirname(dir);
  while (place !== dirname(place) && !(await may(place, constants.F_OK))) place = dirname(place);
  return place;
}

const mayWrite = (path: string): Promise<boolean> => may(path, constants.W_OK);

function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}

async function cron(file: string | undefined): Promise<Finding> {
  const example = await readIfThere(join(ROOT, 'scripts/cron.example'));
  if (example === undefined) {
    return unknown(
      'there is no cron in an image',
      'run this on the host whose cron starts the runs; on Kubernetes look at the CronJobs',
    );
  }
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch((error: unknown) => toError(error));
    return text instanceof Error
      ? fail(text.message, '--crontab names the file to look at')
      : judgeCrontab(text, example, file);
  }
  const own = await outputOf('crontab', '-l');
  if (own !== undefined && own.trim() !== '') return judgeCrontab(own, example, 'this user’s crontab');
  if (await may(SYSTEM_CRONTAB, constants.R_OK)) {
    return judgeCrontab(await readFile(SYSTEM_CRONTAB, 'utf8'), example, SYSTEM_CRONTAB);
  }
  return unknown(
    `this user has no crontab, and there is no ${SYSTEM_CRONTAB}`,
    'run this as the user whose cron starts the runs, or pass --crontab <file>; with the systemd timer none is needed',
  );
}

async function systemd(): Promise<Finding> {
  const units = await outputOf('systemctl', 'list-unit-files', '--no-legend', '--no-pager', 'leadgen-*');
  const where = 'run this on the host of the units; with cron none is needed';
  if (units === undefined) return unknown('systemd does not answer here', where);
  const installed = units.split('\n').flatMap((line) => {
    const [unit, state] = line.trim().split(/\s+/);
    return unit?.startsWith('leadgen-') === true ? [{ unit, state }] : [];
  });
  if (installed.length === 0) return unknown('no unit leadgen-* is installed', `docs/systemd.md; ${where}`);
  const timers =
    (await outputOf('systemctl', 'list-timers', '--all', '--no-legend', '--no-pager', 'leadgen-*')) ?? '';
  return timers.includes('leadgen-')
    ? ok(`${installed.length} unit(s) leadgen-* installed, a timer is on`)
    : warn(
        `${installed.length} unit(s) leadgen-* installed, no timer is on`,
        'systemctl enable --now leadgen-nightly.timer',
      );
}
