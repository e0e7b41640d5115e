import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const TIME = 'Time comes from the Clock (libs/domain/src/clock.ts).';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.data/', 'artifacts/', 'coverage/', 'test/kafka/target/'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  {
    files: ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts', 'test/**/*.ts'],
    ignores: ['apps/console/**'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'max-params': ['error', { max: 5 }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 20],
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['apps/*/src/**/*.{ts,tsx}', 'libs/*/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.suite.ts', 'libs/settings/src/system-clock.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: TIME },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: TIME },
      ],
    },
  },
  {
    files: ['**/*.cjs', '**/*.js', 'scripts/**', '*.mjs'],
    languageOptions: {
      globals: {
        require: 'readonly',
        module: 'writable',
        process: 'readonly',
        __dirname: 'readonly',
        console: 'readonly',
        globalThis: 'readonly',
        clearTimeout: 'readonly',
        setTimeout: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
      },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-var': 'off' },
  },
  {
    files: ['**/*.spec.ts', 'test/**/*.ts', '**/migrations/*.ts', '**/*.suite.ts', 'apps/standalone/src/demo/**'],
    rules: { 'max-lines': 'off', 'max-params': 'off' },
  },
);
