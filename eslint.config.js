import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';

/** The folders that compute and reach nothing: same input, same bytes out. */
const pure = '{model,sim,checks,connections,install,report,interop,contract,app}';

const typed = [...ts.configs.strictTypeChecked, ...ts.configs.stylisticTypeChecked];

/** @type {import('eslint').Linter.RulesRecord} */
const languageRules = {
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  '@typescript-eslint/restrict-template-expressions': [
    'error',
    { allowNumber: true, allowBoolean: true },
  ],
  '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
  // Types, not interfaces, or the other way round: whichever reads better where it stands.
  '@typescript-eslint/consistent-type-definitions': 'off',
  '@typescript-eslint/consistent-indexed-object-style': 'off',
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  '@typescript-eslint/non-nullable-type-assertion-style': 'off',
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  // A typed-array index is in range by construction; `!` says so without a branch in a hot loop.
  '@typescript-eslint/no-non-null-assertion': 'off',
  '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
  eqeqeq: ['error', 'always'],
  'no-console': 'error',
  'object-shorthand': 'error',
  'prefer-template': 'error',
};

export default defineConfig(
  globalIgnores([
    'out/',
    'dist/',
    'resources/',
    'tests/fixtures/',
    'tests/golden/',
    'tests/output/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [typed],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.node.json', './tsconfig.web.json', './tsconfig.pure.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: languageRules,
  },
  {
    files: [`src-main/${pure}/**/*.ts`],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Pure code has no clock: take the time in.' },
        { object: 'Math', property: 'random', message: 'Pure code has no dice: take a seed in.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Pure code has no clock: take the time in.',
        },
        {
          selector: "CallExpression[callee.property.name='localeCompare']",
          message: 'The order must not depend on the locale: compare with < and >.',
        },
      ],
    },
  },
  {
    files: ['tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      'no-console': 'off',
    },
  },
  { files: ['tests/bench/**/*.ts', 'src-main/hosts/cli/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    // Started by whatever Node a machine has, before anything is installed.
    files: ['src-main/hosts/setup/**/*.mjs', 'eslint.config.js'],
    languageOptions: { globals: globals.node },
  },
  svelte.configs.recommended,
  {
    files: ['src-renderer/**'],
    languageOptions: { globals: globals.browser },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      'svelte/no-target-blank': 'error',
      // A map that a function builds and gives away, or that is replaced as a whole, needs no reactivity of its own.
      'svelte/prefer-svelte-reactivity': 'off',
      // The type checker of Svelte files is svelte-check; these need types that the parser here lacks.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'prefer-const': 'off',
    },
  },
  prettier,
  svelte.configs.prettier,
);
