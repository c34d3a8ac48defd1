import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FAULT_KINDS } from './control/fault-plan';
import { GARBAGE_FORMS } from './control/garbage';
import { SIMULATED_VENDORS } from './vendors/vendor-list';

/** One space where the tables are padded. */
const DOCS = readFileSync(join(__dirname, '../../../docs/simulator.md'), 'utf8').replaceAll(/ {2,}/g, ' ');
const inDocs = (text: string): boolean => DOCS.includes(text);

describe('docs/simulator.md', () => {
  it('has every vendor’s windows as they are counted', () => {
    const rows = SIMULATED_VENDORS.flatMap(({ id, windows }) =>
      windows.map(
        ({ name, kind, limit, lengthMs, ops = ['all'] }) =>
          `| \`${id}\` | \`${name}\` | ${kind} | ${limit.toLocaleString('en')} | ${(lengthMs / 1_000).toLocaleString('en')} | ${ops.join(', ')} |`,
      ),
    );
    expect(rows.filter((row) => !inDocs(row))).toEqual([]);
  });

  it('has every vendor’s routes and operations', () => {
    const rows = SIMULATED_VENDORS.flatMap(({ id, routes }) =>
      routes.map(({ method, path, op }) => `| \`${id}\` | \`${method} ${path}\` | \`${op}\` |`),
    );
    expect(rows.filter((row) => !inDocs(row))).toEqual([]);
  });

  it('has the codes that every vendor refuses with', () => {
    const rows = SIMULATED_VENDORS.map(({ id, refusals: { badKey, rateLimit, quota } }) => {
      const codes = [badKey(), rateLimit(null), quota()].map(({ status }) => `${status}[^|]*\\|`);
      return new RegExp(`\\| \`${id}\` \\| ${codes.join(' ')}`);
    });
    expect(rows.filter((row) => !row.test(DOCS))).toEqual([]);
  });

  it('has every fault', () => {
    expect([...FAULT_KINDS, ...GARBAGE_FORMS].filter((kind) => !inDocs(`\`${kind}\``))).toEqual([]);
  });
});
