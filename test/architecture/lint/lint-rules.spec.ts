import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { REPOSITORY } from '../repository';
import { DOMAIN_BREACHES, PRODUCTION_BREACHES, TEST_BREACHES, type LintBreach } from './seeded-breaches';

interface LintMessage {
  ruleId: string | null;
  line: number;
}

/** What eslint reports when each text stands in for an existing file (its types come from that file's project). */
function lint(texts: readonly { path: string; text: string }[]): LintMessage[][] {
  const program = join(REPOSITORY, 'test/architecture/lint/lint-texts.mjs');
  const options = { cwd: REPOSITORY, input: JSON.stringify(texts), timeout: 100_000 };
  return JSON.parse(execFileSync(process.execPath, [program], options).toString()) as LintMessage[][];
}

/** The breaches whose rule was not reported on their own lines, with what was. */
function missed(breaches: readonly LintBreach[], messages: readonly LintMessage[]): unknown[] {
  let nextLine = 1;
  return breaches
    .map((breach) => {
      const first = nextLine;
      nextLine += breach.code.split('\n').length;
      const last = nextLine;
      const here = messages.filter(({ line }) => line >= first && line < last);
      return { ...breach, reported: here.map(({ ruleId }) => ruleId) };
    })
    .filter(({ rule, reported }) => !reported.includes(rule));
}

/** Allowed in this one lib. */
const CONFIG = { path: 'libs/config/src/index.ts', text: 'export const home = process.env.HOME;\n' };

const PLACES: readonly { where: string; path: string; breaches: readonly LintBreach[] }[] = [
  { where: 'a service', path: 'libs/queue/src/index.ts', breaches: PRODUCTION_BREACHES },
  {
    where: 'the domain',
    path: 'libs/domain/src/index.ts',
    breaches: [...PRODUCTION_BREACHES, ...DOMAIN_BREACHES],
  },
  { where: 'a test', path: 'libs/redis/src/keys.spec.ts', breaches: TEST_BREACHES },
];

describe('lint rules', () => {
  let messagesByPath: ReadonlyMap<string, LintMessage[]>;
  beforeAll(() => {
    const texts = [...PLACES.map(({ path, breaches }) => ({ path, text: codeOf(breaches) })), CONFIG];
    const messages = lint(texts);
    messagesByPath = new Map(texts.map(({ path }, i) => [path, messages[i] ?? []]));
  });

  it.each(PLACES)('report every seeded breach in $where', ({ path, breaches }) => {
    expect(missed(breaches, messagesByPath.get(path) ?? [])).toEqual([]);
  });

  it('let libs/config read the environment', () => {
    expect(messagesByPath.get(CONFIG.path)).toEqual([]);
  });
});

function codeOf(breaches: readonly LintBreach[]): string {
  return `${breaches.map(({ code }) => code).join('\n')}\n`;
}
