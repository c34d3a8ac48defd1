import js from '@eslint/js';
import jest from 'eslint-plugin-jest';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const TESTS = [
  '**/*.spec.ts',
  '**/*.medium-spec.ts',
  '**/*conformance.ts',
  'test/**/*.ts',
  '{apps,libs}/*/test/**/*.ts',
  'libs/testing/**/*.ts',
];
const SCRIPTS = ['**/*.mjs', '**/*.cjs'];
const NODE_GLOBALS = Object.fromEntries(
  Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly']),
);

const NO_REPEAT = {
  selector: 'Property[key.name="repeat"] > :matches(ObjectExpression, Identifier)',
  message: 'BullMQ ignores `repeat` without a word: use queue.upsertJobScheduler().',
};

/** Production code takes a queue's name from the stage catalogue; a test may name a queue of its own. */
const NO_QUEUE_LITERAL = [
  'NewExpression[callee.name=/^(Queue|Worker|QueueEvents)$/] > Literal.arguments:first-child',
  'Property[key.name=/^(queue|queueName)$/] > Literal',
  'Decorator > CallExpression[callee.name=/^(Processor|InjectQueue)$/] > Literal.arguments:first-child',
].map((selector) => ({
  selector,
  message: 'A queue is named once, in the stage catalogue of libs/contracts: take its name from there.',
}));

const ENV_ONLY_IN_CONFIG = {
  object: 'process',
  property: 'env',
  message: 'Only libs/config reads the environment: take a setting from loadSettings().',
};

/** Pure code gets the time and chance as arguments, so that a test can choose them. */
const IMPURE_PROPERTIES = [
  { object: 'Date', property: 'now', message: 'The domain is pure: take the time as an argument.' },
  { object: 'Math', property: 'random', message: 'The domain is pure: derive it from the input.' },
  { object: 'performance', property: 'now', message: 'The domain is pure: measure in the caller.' },
];
const IMPURE_SYNTAX = [
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'The domain is pure: take the time as an argument.',
  },
];

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.leadgen/', '.cache/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, allowDefaultCaseForExhaustiveSwitch: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // Nest's modules are classes with a decorator at most.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],
      // A `void` return in a union is how a handler says "nothing or a promise of nothing".
      '@typescript-eslint/no-invalid-void-type': 'off',
      // `() => undefined` and `async` methods that satisfy a port without awaiting are both deliberate.
      '@typescript-eslint/require-await': 'off',
      // Nest types its plain options objects as classes.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      // `x!` is forbidden, so the rule that asks for it instead of `x as T` must be off.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
    },
  },
  {
    rules: {
      eqeqeq: ['error', 'always'],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', NO_REPEAT],
      complexity: ['error', 15],
      'max-depth': ['error', 4],
      'max-params': ['error', 6],
      'max-lines': ['error', { max: 600, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['libs/config/**'],
    rules: { 'no-restricted-properties': ['error', ENV_ONLY_IN_CONFIG] },
  },
  {
    files: ['apps/**/*.ts', 'libs/**/*.ts'],
    ignores: [...TESTS, 'libs/contracts/**'],
    rules: { 'no-restricted-syntax': ['error', NO_REPEAT, ...NO_QUEUE_LITERAL] },
  },
  {
    files: ['libs/domain/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-properties': ['error', ENV_ONLY_IN_CONFIG, ...IMPURE_PROPERTIES],
      'no-restricted-syntax': ['error', NO_REPEAT, ...NO_QUEUE_LITERAL, ...IMPURE_SYNTAX],
    },
  },
  {
    files: TESTS,
    extends: [jest.configs['flat/recommended']],
    settings: { jest: { version: 30 } },
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-properties': 'off',
      'jest/no-disabled-tests': 'error',
      'jest/no-focused-tests': 'error',
      // Property tests and races check what applies to the case at hand.
      'jest/no-conditional-expect': 'off',
      // `expectX(...)` helpers, fast-check properties and awaited states assert too.
      'jest/expect-expect': [
        'error',
        { assertFunctionNames: ['expect', 'expect*', 'fc.assert', 'assert*', 'waitUntil'] },
      ],
      // A check after every test, e.g. that nothing is left behind, belongs in a hook.
      'jest/no-standalone-expect': 'off',
      // The compiler checks what these can only guess.
      'jest/valid-title': ['error', { ignoreTypeOfDescribeName: true, ignoreTypeOfTestName: true }],
      '@typescript-eslint/unbound-method': 'off',
      // `expect.any()` and its like are typed `any`.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    // A conformance suite is exported to the specs that run it.
    files: ['**/*conformance.ts'],
    rules: { 'jest/no-export': 'off' },
  },
  {
    files: SCRIPTS,
    languageOptions: { globals: NODE_GLOBALS },
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { ...NODE_GLOBALS, module: 'writable', require: 'readonly', __dirname: 'readonly' },
    },
  },
);
