import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScratchFile } from './scratch-file';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'scratch-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('scratch file', () => {
  it('gives every text back, in order and out of order, whatever its length', () => {
    const scratch = new ScratchFile(directory);
    const texts = Array.from({ length: 3_000 }, (_, i) => `${i} ä€ ${'x'.repeat((i * 37) % 900)}`);
    texts[1_500] = 'y'.repeat(700_000);
    for (const text of texts) scratch.append(text);
    expect(texts.map((_, i) => scratch.readInOrder(i))).toEqual(texts);
    const jumps = texts.map((_, i) => (i * 1_009) % texts.length);
    expect(jumps.map((i) => scratch.readAnywhere(i))).toEqual(jumps.map((i) => texts[i]));
    expect(jumps.map((i) => scratch.readInOrder(i))).toEqual(jumps.map((i) => texts[i]));
    scratch.append('more');
    expect(scratch.readInOrder(texts.length)).toBe('more');
    scratch.remove();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('says which file cannot be written', () => {
    const error = { code: 'storage_failed', message: expect.stringContaining('missing') };
    expect(() => new ScratchFile(join(directory, 'missing'))).toThrow(
      expect.objectContaining(error) as Error,
    );
  });
});
