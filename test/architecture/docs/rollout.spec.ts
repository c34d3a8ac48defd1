import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../../..');
/** Documents that say where things are. */
const DOCUMENTS = ['rollout', 'deploy', 'slo', 'backup'].map((name) => `docs/${name}.md`);
const LINK = /\[[^\]]*\]\(([^)#\s]+)?(?:#([^)]*))?\)/g;
const NAMED_TEST = /\]\(([^)]+\.ts)\): “([^”]+)”/g;

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Headings as links name them. */
const anchorsOf = (markdown: string): string[] =>
  [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  );

describe.each(DOCUMENTS)('%s', (document) => {
  it('names no file and no heading that there is not', () => {
    const wrong = [...read(document).matchAll(LINK)].flatMap(([link, path = '', anchor]) => {
      if (/^https?:/.test(path)) return [];
      const target = path === '' ? document : join(dirname(document), path);
      if (!existsSync(join(ROOT, target))) return [link];
      const known =
        anchor === undefined || !target.endsWith('.md') || anchorsOf(read(target)).includes(anchor);
      return known ? [] : [link];
    });
    expect(wrong).toEqual([]);
  });
});

describe('docs/rollout.md', () => {
  const markdown = read('docs/rollout.md');

  it('has the nineteen rows of the rollout, in their order', () => {
    const rows = [...markdown.matchAll(/^\| (\d+) +\|/gm)].map(([, row]) => Number(row));
    expect(rows).toEqual(Array.from({ length: 19 }, (_, i) => i + 1));
  });

  it('names for each lesson a test that is there under that name', () => {
    const [, lessons = ''] = markdown.split('## What the pipeline before got wrong');
    const rows = lessons.split('\n').filter((line) => /^\| (?!-|then )/.test(line));
    expect(rows.length).toBeGreaterThan(10);
    for (const row of rows) {
      const named = [...row.matchAll(NAMED_TEST)];
      expect([row, named.length > 0]).toEqual([row, true]);
      for (const [, file = '', title = ''] of named) {
        expect([title, read(join('docs', file)).includes(title)]).toEqual([title, true]);
      }
    }
  });
});
