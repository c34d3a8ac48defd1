import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, type DocBlock } from './doc-blocks';
import { DocsCell } from './docs-cell';
import { DocsSandbox, ROOT } from './docs-sandbox';

const FULL = process.env.LEADGEN_FULL === '1';
const BLOCK_MS = FULL ? 600_000 : 90_000;
/** Blocks that no test runs, by their first line; the block itself says why. A further one belongs in this list. */
const SKIPPED = [
  'CONTRIBUTING.md: npm install        # brings Node 24 along on Linux; elsewhere have Node 24.15 or later',
  'README.md: npm install',
  'README.md: npm test         # every check; the last line is "N passed, N failed"',
  "docs/compose.md: KEY=$(docker compose --profile demo logs demo | grep -o 'lg_live_[A-Za-z0-9_-]*' | tail -1)",
  'docs/compose.md: docker compose --profile demo up --build --detach',
  'docs/compose.md: export LEADGEN_ENV_FILE=leadgen.env',
  'docs/deploy.md: apt-get install redis-server redis-tools nodejs npm git openssl',
  'docs/images.md: docker build -t leadgen:local --build-arg VERSION=0.1.0 .',
  'docs/images.md: docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges -v data:/data \\',
  'docs/kubernetes.md: helm upgrade leads helm/leadgen --namespace leads --values my-values.yaml --set api.image.tag=0.1.0   # what the API runs now',
  'docs/kubernetes.md: kubectl create namespace leads',
  'docs/systemd.md: journalctl -u \'leadgen-worker@*\' -o cat | grep \'"service":"orchestrator"\' | grep \'"event":"run_\'',
  'docs/systemd.md: useradd --system --home-dir /var/lib/leadgen leadgen',
];
const MARKS = ['skip', 'full', 'server'];
const LOOKS_LIKE_A_COMMAND =
  /^\s*(\$ |bin\/leadgen |scripts\/|npm |node |curl |docker |helm |systemctl |crontab )/m;

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'samples/README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path}`)
    .sort(),
];
const blocks = documents.flatMap((file) => blocksOf(file, readFileSync(join(ROOT, file), 'utf8')));
const commands = blocks.filter(({ language }) => language === 'sh');
const nameOf = ({ file, line }: DocBlock): string => `${file}:${line}`;

describe('the blocks of the docs', () => {
  it('that hold commands say so: with sh, and nothing else', () => {
    const others = blocks.filter(({ language }) => language !== 'sh');
    expect(others.filter(({ text }) => LOOKS_LIKE_A_COMMAND.test(text)).map(nameOf)).toEqual([]);
    expect(others.filter(({ language }) => /^(bash|shell|console|zsh)$/.test(language)).map(nameOf)).toEqual(
      [],
    );
  });

  it('have marks that there are, with a reason a reader understands', () => {
    for (const block of commands) {
      for (const [mark, why = ''] of Object.entries(block.marks)) {
        expect([nameOf(block), MARKS.includes(mark)]).toEqual([nameOf(block), true]);
        if (mark !== 'server') expect([nameOf(block), why.length > 15]).toEqual([nameOf(block), true]);
      }
    }
  });

  it('that no test runs are listed here, and few', () => {
    const skipped = commands.filter(({ marks }) => marks.skip !== undefined);
    expect(skipped.map(({ file, text }) => `${file}: ${text.split('\n')[0] ?? ''}`).sort()).toEqual(SKIPPED);
    expect(commands.length - skipped.length).toBeGreaterThan(15);
  });

  it('are found, with their place, their marks and nothing of the text around them', () => {
    const text = 'a\n```sh skip="no" server\nx\n```\n\n````md\n```sh\ny\n```\n````\n```\nz\n```\n';
    expect(blocksOf('f.md', text)).toEqual([
      { file: 'f.md', line: 2, language: 'sh', marks: { skip: 'no', server: '' }, text: 'x\n' },
      { file: 'f.md', line: 6, language: 'md', marks: {}, text: '```sh\ny\n```\n' },
      { file: 'f.md', line: 11, language: '', marks: {}, text: 'z\n' },
    ]);
  });
});

describe('every command of the docs does what it says', () => {
  let cell: DocsCell;

  beforeAll(async () => {
    cell = await DocsCell.start();
  });
  afterAll(() => cell.stop());

  const run = commands.filter(({ marks }) => marks.skip === undefined && (FULL || marks.full === undefined));
  describe.each([...new Set(run.map(({ file }) => file))])('%s', (file) => {
    let sandbox: DocsSandbox;

    beforeAll(async () => {
      sandbox = await DocsSandbox.make(cell.env);
    });
    afterAll(() => sandbox.remove());

    it.each(run.filter((block) => block.file === file).map((block) => [block.line, block] as const))(
      'line %d',
      async (_line, { marks, text }) => {
        const filled = await cell.filledIn(text);
        const { exitCode, output } =
          marks.server === undefined ? await sandbox.run(filled, BLOCK_MS) : await sandbox.serve(filled);
        const said = exitCode === 0 ? '' : `${filled}\n${output.slice(-4_000)}`;
        expect({ exitCode, said }).toEqual({ exitCode: 0, said: '' });
      },
      BLOCK_MS + 60_000,
    );
  });

  it('and would be noticed if it did not', async () => {
    const sandbox = await DocsSandbox.make(cell.env);
    try {
      for (const wrong of [
        'bin/leadgen rnu',
        'false; true',
        'curl -s http://127.0.0.1:3000/api/none',
        'echo $UNSET_VARIABLE',
      ]) {
        const { exitCode } = await sandbox.run(await cell.filledIn(wrong), BLOCK_MS);
        expect([wrong, exitCode === 0]).toEqual([wrong, false]);
      }
      expect((await sandbox.serve('echo started')).exitCode).not.toBe(0);
    } finally {
      await sandbox.remove();
    }
  });
});
