import { join } from 'node:path';
import { REPOSITORY } from '../repository';
import { violationsIn, type Violation } from './fixture-tree';
import { BREACHED_TREE, BREACHES, CLEAN_TREE } from './seeded-breaches';

describe('import boundaries', () => {
  let breached: Violation[];
  beforeAll(() => {
    breached = violationsIn(BREACHED_TREE);
  });

  it('let a tree pass that keeps them', () => {
    expect(violationsIn(CLEAN_TREE)).toEqual([]);
  });

  it.each(BREACHES)('report $file importing $imports as $rule and nothing else', ({ rule, file }) => {
    const reported = breached.filter(({ from }) => from === file);
    expect(new Set(reported.map((violation) => violation.rule))).toEqual(new Set([rule]));
  });

  it('report nothing in files that keep them', () => {
    const breaching = new Set(BREACHES.flatMap(({ file, also }) => [file, ...Object.keys(also ?? {})]));
    expect(breached.filter(({ from }) => !breaching.has(from))).toEqual([]);
  });

  it('are each breached by this test, so that none can rot unnoticed', () => {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- the rules are CommonJS, written for the tool
    const { forbidden } = require(join(REPOSITORY, '.dependency-cruiser.cjs')) as {
      forbidden: { name: string }[];
    };
    expect(new Set(BREACHES.map(({ rule }) => rule))).toEqual(new Set(forbidden.map(({ name }) => name)));
  });
});
