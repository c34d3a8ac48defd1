import fc from 'fast-check';

/** What servers stumble over. */
const ODD: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e300,
  Number.MAX_SAFE_INTEGER,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\u0130\ufeff',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%00%ff',
  '${7*7}',
  "'; DROP TABLE runs; --",
  '=cmd()',
  '1'.repeat(400),
  'x'.repeat(5_000),
  [],
  [[[[[[]]]]]],
  {},
  { $gt: '' },
  { toString: 1, valueOf: null, length: -1 },
];

export const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...ODD),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
);

/** Where a value is changed, by numbers that any value can be walked down by, and to what. */
export interface Mutation {
  path: number[];
  how: 'replace' | 'remove' | 'add';
  value: unknown;
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  path: fc.array(fc.nat(20), { maxLength: 4 }),
  how: fc.constantFrom('replace', 'remove', 'add'),
  value: oddValue,
});

/** The value with one place of it changed. */
export function mutate(value: unknown, { path: [step, ...rest], how, value: other }: Mutation): unknown {
  if (typeof value !== 'object' || value === null || step === undefined) return other;
  const members = Object.entries(value) as [string, unknown][];
  const at = members.length === 0 ? 0 : step % members.length;
  const changed = members.flatMap(([name, member], i): [string, unknown][] => {
    if (i !== at) return [[name, member]];
    if (rest.length > 0) return [[name, mutate(member, { path: rest, how, value: other })]];
    return how === 'remove' ? [] : [[name, how === 'replace' ? other : member]];
  });
  if (how === 'add' && rest.length === 0)
    changed.push([typeof other === 'string' ? other : 'surplus', other]);
  return Array.isArray(value) ? changed.map(([, member]) => member) : Object.fromEntries(changed);
}
