/** Each spec here brings a PostgreSQL of its own: only what the run starts is marked. */
module.exports = () => require('../../support/leftovers.cjs').mark();
