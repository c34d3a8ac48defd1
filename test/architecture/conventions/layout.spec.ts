import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readRepositoryFile, REPOSITORY, repositoryFiles } from '../repository';

const folders = (of: string): string[] =>
  readdirSync(join(REPOSITORY, of), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

const nest = JSON.parse(readRepositoryFile('nest-cli.json')) as {
  projects: Record<string, { root: string }>;
};

describe('layout', () => {
  it.each(folders('libs'))('lib %s is entered through src/index.ts and built by nest', (lib) => {
    expect(existsSync(join(REPOSITORY, 'libs', lib, 'src/index.ts'))).toBe(true);
    expect(nest.projects[lib]).toMatchObject({ type: 'library', root: `libs/${lib}` });
  });

  it.each(folders('apps').filter((app) => existsSync(join(REPOSITORY, 'apps', app, 'tsconfig.app.json'))))(
    'app %s starts at src/main.ts and is built by nest',
    (app) => {
      expect(existsSync(join(REPOSITORY, 'apps', app, 'src/main.ts'))).toBe(true);
      expect(nest.projects[app]).toMatchObject({ type: 'application', root: `apps/${app}` });
    },
  );

  it('has no Lua script that nobody loads', () => {
    const files = repositoryFiles();
    const unloaded = files
      .filter((path) => /^libs\/.*\.lua$/.test(path))
      .filter((path) => {
        const lib = dirname(path).split('/').slice(0, 2).join('/');
        const loaders = files.filter((file) => file.startsWith(`${lib}/src/`) && /\.(ts|lua)$/.test(file));
        const name = `'${basename(path, '.lua')}'`;
        return !loaders.some((file) => readRepositoryFile(file).includes(name));
      });
    expect(unloaded).toEqual([]);
  });
});
