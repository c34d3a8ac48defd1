import { readRepositoryFile, repositoryFiles } from '../repository';
import { CONVENTIONS, type SourceFile } from './conventions';
import { SEEDED_BREACHES } from './seeded-breaches';

describe('conventions', () => {
  const files = repositoryFiles().filter(
    (path) => path !== 'test/architecture/conventions/seeded-breaches.ts',
  );

  describe.each(CONVENTIONS)('$name', ({ name, concerns, breaches }) => {
    const { breaks = [], keeps = [] } = SEEDED_BREACHES[name] ?? {};
    const found = (file: SourceFile): string[] => (concerns(file.path) ? breaches(file) : []);

    it('holds in every file', () => {
      const concerned = files.filter(concerns);
      expect(concerned.flatMap((path) => breaches({ path, text: readRepositoryFile(path) }))).toEqual([]);
    });

    it('is checked by something that sees a breach and spares what only looks like one', () => {
      expect(breaks.length).toBeGreaterThan(0);
      expect(breaks.filter((file) => found(file).length === 0)).toEqual([]);
      expect(keeps.flatMap(found)).toEqual([]);
    });
  });
});
