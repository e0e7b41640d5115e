/** The whole product, killed six times under load: seven starts, so it has a command of its own. It brings its own PostgreSQL. */
const { base } = require('../../../jest.config.cjs');

module.exports = { ...base, roots: ['<rootDir>/test/acceptance/kill'] };
