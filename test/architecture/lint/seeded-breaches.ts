/** A line of code and the lint rule that must report it. */
export interface LintBreach {
  rule: string;
  code: string;
}

/** What no production file may do. */
export const PRODUCTION_BREACHES: readonly LintBreach[] = [
  {
    rule: '@typescript-eslint/no-floating-promises',
    code: 'export function f(): void { Promise.resolve(1); }',
  },
  {
    rule: '@typescript-eslint/no-misused-promises',
    code: 'export const g = (): void => { [1].forEach(async () => { await Promise.resolve(); }); };',
  },
  { rule: '@typescript-eslint/no-explicit-any', code: 'export const h = (x: any): unknown => x as unknown;' },
  {
    rule: '@typescript-eslint/switch-exhaustiveness-check',
    code: "export const i = (x: 'a' | 'b'): number => { switch (x) { case 'a': return 1; } return 0; };",
  },
  { rule: '@typescript-eslint/no-non-null-assertion', code: 'export const j = (x?: string): string => x!;' },
  { rule: '@typescript-eslint/only-throw-error', code: "export const k = (): never => { throw 'text'; };" },
  { rule: 'no-empty', code: 'export const l = (): void => { try { JSON.parse("1"); } catch {} };' },
  { rule: 'no-console', code: 'export const m = (): void => { console.log(1); };' },
  { rule: 'eqeqeq', code: 'export const n = (x: unknown): boolean => x == 1;' },
  { rule: 'no-restricted-properties', code: 'export const o = process.env.HOME;' },
  {
    rule: 'no-restricted-syntax',
    code: 'export const p = { repeat: { pattern: "* * * * *" } };',
  },
  {
    rule: 'no-restricted-syntax',
    code: "export const q = (Queue: new (name: string) => object): object => new Queue('enrich');",
  },
  { rule: 'no-restricted-syntax', code: "export const r = { queueName: 'enrich' };" },
  {
    rule: 'max-lines-per-function',
    code: `export const s = (): number => {${'\nlet x = 1; x += 1;'.repeat(60)}\nreturn 1; };`,
  },
];

/** What the domain may not do besides. */
export const DOMAIN_BREACHES: readonly LintBreach[] = [
  { rule: 'no-restricted-properties', code: 'export const a = Date.now();' },
  { rule: 'no-restricted-properties', code: 'export const b = Math.random();' },
  { rule: 'no-restricted-syntax', code: 'export const c = new Date();' },
];

/** What no test may do. */
export const TEST_BREACHES: readonly LintBreach[] = [
  { rule: 'jest/no-focused-tests', code: "it.only('a', () => { expect(1).toBe(1); });" },
  { rule: 'jest/no-disabled-tests', code: "it.skip('b', () => { expect(1).toBe(1); });" },
  {
    rule: 'jest/no-disabled-tests',
    code: "xdescribe('c', () => { it('d', () => { expect(1).toBe(1); }); });",
  },
  { rule: 'jest/expect-expect', code: "it('asserts nothing', () => { JSON.parse('1'); });" },
  {
    rule: '@typescript-eslint/no-floating-promises',
    code: "it('e', () => { expect(Promise.resolve(1)).resolves.toBe(1); });",
  },
];
