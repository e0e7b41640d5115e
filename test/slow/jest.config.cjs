/** What takes long: measuring data, long walks in the browser. `npm test` leaves it out, CI runs it. */
const root = require('../../jest.config.cjs');

module.exports = {
  ...root.base,
  roots: ['<rootDir>/test/slow'],
  globalSetup: '<rootDir>/test/slow/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
  maxWorkers: 1,
  testTimeout: 300_000,
};
