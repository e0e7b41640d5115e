/** The walks in the browser show what is built; then the database, as for `npm test`. */
module.exports = function setUp() {
  require('../../scripts/build.cjs').build({ ifStale: true });
  return require('../support/global-setup.cjs')();
};
