import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { bringTools } from '../bring-tools.mjs';

const execute = promisify(execFile);

/** The packages are some ten megabytes each, and so are their lists. */
const FETCH_MS = 240_000;

/**
 * Programs that are not npm packages. `packages` are Debian's and Ubuntu's, `programs` the names the program has: upstream's
 * first, then the one in the package. `home` is the folder where the packaged program looks for its files, wherever it is
 * itself.
 */
const TOOLS = {
  promtool: { packages: ['prometheus'], programs: ['promtool'] },
  prometheus: { packages: ['prometheus'], programs: ['prometheus'] },
  amtool: { packages: ['prometheus-alertmanager'], programs: ['amtool'] },
  alertmanager: {
    packages: ['prometheus-alertmanager'],
    programs: ['alertmanager', 'prometheus-alertmanager'],
    home: '/usr/share/prometheus/alertmanager',
  },
};

/**
 * The path of a program that runs here: the one on PATH, else that of the distribution's package, fetched and unpacked below
 * `.cache/tools` without root and without installing. Two callers at once fetch once. Throws an error that names the ways out
 * where it cannot be had.
 */
export async function debianTool(
  name,
  { env = process.env, cacheDir = join(import.meta.dirname, '../../../.cache/tools') } = {},
) {
  const tool = TOOLS[name];
  if (!tool) throw new Error(`no tool ${name}: there are ${Object.keys(TOOLS).join(', ')}`);
  for (const program of tool.programs) {
    const path = onPath(program, env);
    if (path && (await runs(path, env))) return path;
  }
  const [debianName] = tool.programs.slice(-1);
  const folder = join(cacheDir, tool.packages[0]);
  const { env: unpacked, missing } = await bringTools(
    { [debianName]: tool.packages },
    { env, cacheDir: folder, fetchMs: FETCH_MS },
  );
  if (missing[debianName] !== undefined) {
    throw new Error(
      `${name} is needed and cannot be had: ${missing[debianName]}. Put it on PATH (package ${tool.packages[0]} of Debian ` +
        `and Ubuntu, or its upstream's release), or run this on Debian or Ubuntu with their package servers in reach`,
    );
  }
  const program = join(folder, 'root/usr/bin', debianName);
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  return starter(join(bin, name), {
    program:
      tool.home === undefined ? program : movedHome(program, tool.home, join(bin, `${debianName}.moved`)),
    libraries: unpacked.LD_LIBRARY_PATH,
    home: tool.home === undefined ? undefined : join(folder, 'root', tool.home),
  });
}

/** The number under which the starter opens the folder of the program's files. */
const HOME_FD = 9;

/** One file to start it by: it sets the path of the unpacked libraries and becomes the program, so that signals reach it. */
function starter(path, { program, libraries, home }) {
  const open = home === undefined ? '' : `exec ${HOME_FD}<'${home}'\n`;
  return place(path, `#!/bin/sh\n${open}LD_LIBRARY_PATH='${libraries}' exec '${program}' "$@"\n`);
}

/**
 * A copy of the program that looks for its files in the folder that is open under that number: the path built into it is that
 * of an installed package, which here is none, and must keep its length.
 */
function movedHome(program, home, path) {
  const opened = '/proc/self/fd/';
  const to = `${opened}${String(HOME_FD).padStart(home.length - opened.length, '/')}`;
  return place(path, Buffer.from(readFileSync(program, 'latin1').replaceAll(home, to), 'latin1'));
}

/** Whole or not there, whoever else places it. */
function place(path, content) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content, { mode: 0o755 });
  renameSync(draft, path);
  return path;
}

function onPath(program, env) {
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, program)).find(existsSync);
}

async function runs(path, env) {
  return execute(path, ['--version'], { env, timeout: 30_000, killSignal: 'SIGKILL' }).then(
    () => true,
    () => false,
  );
}
