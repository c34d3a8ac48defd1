import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { REPOSITORY } from '../repository';

/** There are no such packages elsewhere. */
const onDebian = existsSync('/etc/debian_version');
const MODULE = pathToFileURL(join(REPOSITORY, 'scripts/check/tools/debian-tool.mjs')).href;

/** Where Debian's Alertmanager looks for its files. */
const HOME = '/usr/share/prometheus/alertmanager';

let folder: string;
let programs: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'debian-tool-'));
  programs = join(folder, 'programs');
  mkdirSync(programs);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(name: string, script: string): string {
  const path = join(programs, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
}

/** What a process of its own is answered that sees only our programs, and those of the system if `system`. */
async function ask(name: string, { system = true } = {}): Promise<string> {
  const code = `
    const { debianTool } = await import(process.argv[1]);
    const env = { PATH: process.argv[3] };
    console.log(await debianTool(process.argv[2], { env, cacheDir: process.argv[4] }).catch(({ message }) => message));`;
  const path = system ? `${programs}:/usr/bin:/bin` : programs;
  const words = ['--input-type=module', '--eval', code, MODULE, name, path, join(folder, 'cache')];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [answer] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return answer.trim();
}

/** Packages that hold one program each, without a network; apt-get notes what it is asked. */
function pretendPackages(name: string, script: string): void {
  program('apt-get', `echo "$*" >>'${folder}/apt-calls'\ncase "$*" in *download*) touch it.deb ;; esac`);
  program('apt-cache', 'for name; do echo "Package: $name"; done');
  const inside = `mkdir -p "$3/usr/bin" && printf '#!/bin/sh\\n${script}\\n' >"$3/usr/bin/${name}"`;
  const files = `mkdir -p "$3${HOME}" && echo 'its files' >"$3${HOME}/default.tmpl"`;
  program('dpkg-deb', `${inside} && chmod 755 "$3/usr/bin/${name}" && ${files}`);
}

describe('a program that a check needs', () => {
  it('is the one on PATH, and nothing is fetched', async () => {
    const path = program('promtool', 'exit 0');
    program('apt-get', `touch '${folder}/asked'`);
    expect(await ask('promtool')).toBe(path);
    expect(existsSync(join(folder, 'asked'))).toBe(false);
  });

  it('that cannot be had is an error that says why and names the ways out', async () => {
    const answer = await ask('amtool', { system: false });
    expect(answer).toMatch(/^amtool is needed and cannot be had: .+\. Put it on PATH \(package prometheus-/);
    expect(answer).toMatch(/run this on Debian or Ubuntu/);
  });

  it('has a name that there is', async () => {
    expect(await ask('prometool')).toMatch(/^no tool prometool: there are .*promtool/);
  });

  if (onDebian) {
    it('comes out of its package once, however many ask, as one file to start that signals reach and that finds its files', async () => {
      pretendPackages(
        'prometheus-alertmanager',
        `echo "$LD_LIBRARY_PATH|$*|$$"; cat ${HOME}/default.tmpl || true`,
      );
      const answers = await Promise.all([ask('alertmanager'), ask('alertmanager'), ask('alertmanager')]);
      expect(new Set(answers)).toEqual(
        new Set([join(folder, 'cache/prometheus-alertmanager/bin/alertmanager')]),
      );
      const calls = readFileSync(join(folder, 'apt-calls'), 'utf8').split('\n');
      expect(calls.filter((call) => call.includes('download'))).toHaveLength(1);
      const said = execFileSync('/bin/sh', ['-c', `echo $$; exec '${answers[0]}' --a 'b c'`], {
        encoding: 'utf8',
      });
      const [pid, line, its] = said.split('\n');
      expect(its).toBe('its files');
      expect(line).toMatch(new RegExp(`\\|--a b c\\|${pid}$`));
    });
  }
});
