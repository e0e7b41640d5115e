/** The specs that need a broker. One at a time: each starts a Kafka of its own. */
const root = require('../../jest.config.cjs');

module.exports = {
  ...root.base,
  roots: ['<rootDir>/test/kafka'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/kafka/target/'],
  globalSetup: '<rootDir>/test/support/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
  maxWorkers: 1,
  testTimeout: 120_000,
};
