import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REPOSITORY } from '../repository';

/** Apps of an image, by name: what they do. Each says when it has come so far. */
const APPS = {
  starting: `console.log('up'); setInterval(() => {}, 1_000);`,
  serving: `process.on('SIGTERM', () => process.exit(0)); console.log('up'); setInterval(() => {}, 1_000);`,
};

let image: string;
beforeAll(() => {
  image = mkdtempSync(join(tmpdir(), 'leadgen-image-'));
  cpSync(join(REPOSITORY, 'ops/image/start.cjs'), join(image, 'start.cjs'));
  for (const [name, code] of Object.entries(APPS)) {
    mkdirSync(join(image, 'dist/apps', name, 'src'), { recursive: true });
    writeFileSync(join(image, 'dist/apps', name, 'src/main.js'), code);
  }
});
afterAll(() => rmSync(image, { recursive: true }));

/** How an app ends that is told to stop once it is up. */
async function stopped(app: keyof typeof APPS): Promise<[code: number | null, signal: string | null]> {
  const child = spawn(process.execPath, [join(image, 'start.cjs'), app], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit') as Promise<[number | null, string | null]>;
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  return exited;
}

describe('start.cjs, the first process of a container', () => {
  it('ends by itself when it is told to stop before the app listens for that', async () => {
    expect(await stopped('starting')).toEqual([143, null]);
  });

  it('leaves it to an app that listens', async () => {
    expect(await stopped('serving')).toEqual([0, null]);
  });
});
