const { availableParallelism } = require('node:os');

/** TypeScript through swc; ESM-only packages are turned into CommonJS because jest 30 cannot require(esm) on Node 20. */
const swc = (parser) => [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: {
      target: 'es2022',
      parser,
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
  },
];
const ESM_ONLY = [
  '@nestjs',
  'iterare',
  'nodemailer',
  'file-type',
  'strtok3',
  'token-types',
  '@tokenizer',
  'uint8array-extras',
  '@borewit',
  'csv-parse',
  'hucre',
  'chinese-days',
  '@sparticuz',
  'smtp-server',
  'linkedom',
  'cssomnom',
  'html-escaper',
  'uhyphen',
  'css-select',
  'css-what',
  'nth-check',
  'boolbase',
  'domutils',
  'domhandler',
  'dom-serializer',
  'domelementtype',
  'entities',
];

const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  testRegex: '\\.spec\\.ts$',
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json'],
  transform: {
    '^.+\\.ts$': swc({ syntax: 'typescript', decorators: true, dynamicImport: true }),
    '^.+\\.m?js$': swc({ syntax: 'ecmascript', dynamicImport: true }),
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ESM_ONLY.join('|')})/)`],
  moduleNameMapper: {
    '^@huiying/contracts/http$': '<rootDir>/libs/contracts/src/http/index.ts',
    '^@huiying/fetching/pages$': '<rootDir>/libs/fetching/src/pages/index.ts',
    '^@huiying/tables/lines$': '<rootDir>/libs/tables/src/lines/index.ts',
    '^@huiying/messaging/kafka$': '<rootDir>/libs/messaging/src/kafka-log/index.ts',
    '^@huiying/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'],
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
};
const config = {
  ...base,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '<rootDir>/test/kafka/', '<rootDir>/test/slow/', '<rootDir>/test/acceptance/kill/'],
  globalSetup: '<rootDir>/test/support/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
  testTimeout: 60_000, // against hanging; no measure of speed
  // Jest leaves one core to itself. On two that is half of the machine; there, one more than cores, because the specs wait for the database,
  // the browser and the demo's clock.
  maxWorkers: Math.max(3, availableParallelism() - 1),
};
/** Other suites (test/kafka) build on `base`; not enumerable, so that jest does not take it for an option. */
module.exports = Object.defineProperty(config, 'base', { value: base });
