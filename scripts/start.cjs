/**
 * `npm start`: builds what is stale, then becomes the standalone program (or, with a name, another program of the build:
 * `node scripts/start.cjs collector`). Written for old Nodes too, so that a wrong version gets a sentence instead of a syntax error.
 */
require('./node-version.cjs');
var PROGRAMS = ['standalone', 'collector', 'classifier', 'response-workflow'];
require('./usage.cjs')('usage: npm start        the settings are variables of the environment: docs/how-to/operate.md', PROGRAMS);

var path = require('path');
var started = Date.now();
var program = process.argv[2] || 'standalone';
process.chdir(path.join(__dirname, '..'));
try {
  require('./build.cjs').build({
    ifStale: true,
    say: function (text) {
      console.log('  ' + ((Date.now() - started) / 1000).toFixed(1).padStart(5) + ' s  ' + text);
    },
  });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.env.HUIYING_STARTED_AT = String(started);
require(path.join('..', 'dist', 'apps', program, 'src', 'main.js'));
