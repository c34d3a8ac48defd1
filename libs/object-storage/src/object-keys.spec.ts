import { checkedKey, objectKeys, RUN_FILES } from './object-keys';

describe('object keys', () => {
  it('keep the layout that people and backups rely on', () => {
    expect(objectKeys.dataset('acme', 'ab12', 'csv')).toBe('datasets/acme/ab12.csv');
    expect(objectKeys.upload('acme', 'ds_1')).toBe('datasets/acme/ds_1');
    expect(RUN_FILES.map((file) => objectKeys.runFile('acme', 'run_1', file))).toEqual([
      'runs/acme/run_1/mapping.json',
      'runs/acme/run_1/normalized.jsonl',
      'runs/acme/run_1/rejects.jsonl',
      'runs/acme/run_1/exclusions.jsonl',
      'runs/acme/run_1/shortlist.jsonl',
      'runs/acme/run_1/leads.csv',
      'runs/acme/run_1/leads.jsonl',
      'runs/acme/run_1/summary.json',
    ]);
  });

  it.each([
    ['the parent folder', 'datasets/../secret.csv'],
    ['the folder itself', 'datasets/./a.csv'],
    ['a hidden file', 'datasets/.a.csv'],
    ['an absolute path', '/etc/passwd'],
    ['an empty segment', 'datasets//a.csv'],
    ['a trailing slash', 'datasets/'],
    ['a NUL', 'datasets/a\0.csv'],
    ['a line break at the end', 'datasets/a.csv\n'],
    ['a backslash', 'datasets\\a.csv'],
    ['a drive letter', 'C:/a.csv'],
    ['percent-encoding', 'datasets/%2e%2e/a.csv'],
    ['letters beyond ASCII', 'datasets/ä.csv'],
    ['a part file', 'datasets/a.csv.part.tmp'],
    ['nothing', ''],
    ['512 characters and more', 'a'.repeat(513)],
  ])('refuse %s', (_what, key) => {
    expect(() => checkedKey(key)).toThrow(RangeError);
  });

  it('refuse a tenant id that would leave its folder', () => {
    expect(() => objectKeys.dataset('..', 'ab12', 'csv')).toThrow(RangeError);
    expect(() => objectKeys.runFile('acme/../other', 'run_1', 'leads.csv')).toThrow(RangeError);
  });
});
