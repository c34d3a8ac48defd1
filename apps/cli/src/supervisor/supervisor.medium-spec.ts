import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '#libs/testing';
import { Supervisor } from './supervisor';

let folder: string;
let supervisor: Supervisor;
let givenUp: Error[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supervisor-'));
  givenUp = [];
  supervisor = new Supervisor({
    logDir: join(folder, 'logs'),
    apps: join(folder, 'apps'),
    onGivenUp: (error) => givenUp.push(error),
  });
});
afterEach(async () => {
  await supervisor.stop();
  await rm(folder, { recursive: true, force: true });
});

/** An app whose `say` appends a word, the time and its process id to the diary of the test. */
async function writeApp(name: string, body: string): Promise<void> {
  const diary = join(folder, 'diary');
  await mkdir(join(folder, 'apps', name, 'src'), { recursive: true });
  await writeFile(
    join(folder, 'apps', name, 'src/main.js'),
    `const { appendFileSync, readFileSync } = require('node:fs');
     const say = (word) => appendFileSync(${JSON.stringify(diary)}, '${name} ' + word + ' ' + Date.now() + ' ' + process.pid + '\\n');
     const said = (word) => readFileSync(${JSON.stringify(diary)}, 'utf8').split('\\n').filter((line) => line.includes(' ' + word + ' ')).length;
     ${body}`,
  );
}

/** A process that runs until SIGTERM, and then drains for a moment. */
const SERVER = `
  say('started');
  setInterval(() => undefined, 1_000);
  process.on('SIGTERM', () => setTimeout(() => { say('drained'); process.exit(0); }, 50));
  process.send({ ready: true });`;

interface Entry {
  app: string;
  word: string;
  at: number;
  pid: number;
}

async function diary(): Promise<Entry[]> {
  const text = await readFile(join(folder, 'diary'), 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [app = '', word = '', at, pid] = line.split(' ');
      return { app, word, at: Number(at), pid: Number(pid) };
    });
}

const starts = async (): Promise<Entry[]> => (await diary()).filter(({ word }) => word === 'started');
const env = { PATH: process.env.PATH };

describe('a supervised process', () => {
  it('that crashes is started again, later each time', async () => {
    await writeApp('flaky', `${SERVER} if (said('started') < 4) setImmediate(() => process.exit(1));`);
    await supervisor.start('flaky', env);
    await waitUntil(async () => (await starts()).length === 4, {
      timeoutMs: 10_000,
      what: 'it runs a fourth time',
    });
    const at = (await starts()).map((entry) => entry.at);
    const waits = at.slice(1).map((time, i) => time - (at[i] ?? 0));
    expect(waits.map((wait, i) => wait >= 200 * 2 ** i)).toEqual([true, true, true]);
    expect(givenUp).toEqual([]);
  });

  it('that was killed is started again', async () => {
    await writeApp('server', SERVER);
    await supervisor.start('server', env);
    const [first] = await starts();
    process.kill(first?.pid ?? -1, 'SIGKILL');
    await waitUntil(async () => (await starts()).length === 2, { timeoutMs: 20_000, what: 'it runs again' });
  });

  it('that was killed comes back where the others look for it', async () => {
    await writeApp(
      'listener',
      `say('port-' + (process.env.PORT ?? 'any'));
       setInterval(() => undefined, 1_000);
       process.send({ port: '4711' });`,
    );
    await supervisor.start('listener', env, { envOfRestart: ({ port }) => ({ PORT: String(port) }) });
    const [first] = await diary();
    process.kill(first?.pid ?? -1, 'SIGKILL');
    await waitUntil(async () => (await diary()).length === 2, { timeoutMs: 20_000, what: 'it runs again' });
    expect((await diary()).map(({ word }) => word)).toEqual(['port-any', 'port-4711']);
  });

  it('is given up after five restarts in a minute, with the reason from its log', async () => {
    await writeApp(
      'broken',
      `say('started'); process.send({}); setImmediate(() => { throw new Error('no such table'); });`,
    );
    await supervisor.start('broken', env);
    await waitUntil(() => givenUp.length > 0, { timeoutMs: 30_000, what: 'it is given up' });
    expect(await starts()).toHaveLength(6);
    expect(givenUp).toEqual([expect.objectContaining({ code: 'supervised_process_failed' })]);
    expect(givenUp[0]?.message).toMatch(
      /broken crashed too often; its log is .*logs\/broken\.log\nError: no such table/,
    );
    expect(await readFile(join(folder, 'logs/broken.log'), 'utf8')).toContain('no such table');
  });

  it('is given up as well when it does not even start again', async () => {
    await writeApp(
      'once',
      `say('started'); if (said('started') > 1) process.exit(3); process.send({}); setImmediate(() => process.exit(1));`,
    );
    await supervisor.start('once', env);
    await waitUntil(() => givenUp.length > 0, { timeoutMs: 30_000, what: 'it is given up' });
    expect(await starts()).toHaveLength(6);
  });

  it('that does not get ready is an error at once, with its reason', async () => {
    await writeApp(
      'misconfigured',
      `console.error(JSON.stringify({ level: 'error', msg: 'LEADGEN_API_PORT is no port' })); process.exit(78);`,
    );
    await expect(supervisor.start('misconfigured', env)).rejects.toThrow(
      /misconfigured ended before it was ready.*\nLEADGEN_API_PORT is no port/,
    );
  });

  it('has a process group of its own, so that Ctrl-C does not reach it before its supervisor', async () => {
    await writeApp('server', SERVER);
    await supervisor.start('server', env);
    const [entry] = await starts();
    // Signal 0 to a group reaches it only if there is a group with this process's id.
    expect(process.kill(-(entry?.pid ?? 1), 0)).toBe(true);
  });
});

describe('stop()', () => {
  it('lets every process drain, those started last first', async () => {
    for (const name of ['simulator', 'one', 'two', 'api']) await writeApp(name, SERVER);
    await supervisor.start('simulator', env);
    await Promise.all([supervisor.start('one', env), supervisor.start('two', env)]);
    await supervisor.start('api', env);
    await supervisor.stop();
    const order = (await diary()).filter(({ word }) => word === 'drained').map(({ app }) => app);
    expect([order[0], order.slice(1, 3).sort(), order[3]]).toEqual(['api', ['one', 'two'], 'simulator']);
  });

  it('starts nothing again, also not what was waiting for its next start', async () => {
    await writeApp('flaky', `say('started'); process.send({}); setImmediate(() => process.exit(1));`);
    await supervisor.start('flaky', env);
    await supervisor.stop();
    const before = (await starts()).length;
    // The next start would have come 200 ms after the crash: another process is given time to start and drain.
    await writeApp('server', SERVER);
    await supervisor.start('server', env);
    await supervisor.stop();
    expect((await starts()).filter(({ app }) => app === 'flaky')).toHaveLength(before);
  });

  it('numbers several instances of one app', async () => {
    await writeApp('server', SERVER);
    expect(await supervisor.start('server', env, { instances: 2 })).toEqual([
      { ready: true },
      { ready: true },
    ]);
    await supervisor.stop();
    expect((await diary()).filter(({ word }) => word === 'drained')).toHaveLength(2);
    expect(await readFile(join(folder, 'logs/server-2.log'), 'utf8')).toBe('');
  });
});
