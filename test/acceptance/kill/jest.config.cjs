/**
 * The whole product killed six times under load, and the processes of a drill killed fifty times: starts without end, so they have a command
 * of their own. Each brings its own PostgreSQL; one after the other, because each wants the machine for itself.
 */
const { base } = require('../../../jest.config.cjs');

module.exports = {
  ...base,
  maxWorkers: 1,
  roots: ['<rootDir>/test/acceptance/kill'],
  globalSetup: '<rootDir>/test/acceptance/kill/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
};
