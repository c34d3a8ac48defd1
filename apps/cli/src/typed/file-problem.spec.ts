import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileProblem } from './file-problem';

describe('a file that was named and cannot be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'file-problem-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  function problemOf(path: string): string {
    try {
      readFileSync(path);
    } catch (error) {
      return fileProblem(error);
    }
    return 'none';
  }

  it('says what to do instead of what the system calls it', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(problemOf(join(folder, 'nowhere'))).toMatch(/^there is no such file; check the path/);
    expect(problemOf(folder)).toBe('it is a folder; give the path of a file');
    expect(problemOf(join(folder, 'file/below'))).toMatch(/^a part of the path is a file/);
  });

  it('has the system’s own words where there is no better advice', () => {
    expect(fileProblem(Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' }))).toBe(
      'it cannot be read (EIO: i/o error, read)',
    );
  });
});
