import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRepositoryFile, REPOSITORY } from '../repository';

/** What the check says of docker-compose.yml after a change to it. */
function findings(change: (text: string) => string): { status: number | null; stderr: string } {
  const folder = mkdtempSync(join(tmpdir(), 'leadgen-compose-'));
  try {
    const file = join(folder, 'docker-compose.yml');
    writeFileSync(file, change(readRepositoryFile('docker-compose.yml')));
    const script = join(REPOSITORY, 'scripts/check/verify-compose.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, file], {
      encoding: 'utf8',
      timeout: 110_000,
    });
    return { status, stderr };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the check of docker-compose.yml by Compose itself', () => {
  it.each<[slip: string, change: (text: string) => string, says: RegExp]>([
    ['a word that there is not', (text) => text.replace('read_only: true', 'read_onyl: true'), /read_onyl/],
    [
      'a service that waits for none',
      (text) => text.replace('redis: { condition', 'valkey: { condition'),
      /valkey/,
    ],
  ])('finds %s', (_slip, change, says) => {
    expect(findings(change)).toMatchObject({ status: 1, stderr: expect.stringMatching(says) });
  });
});
