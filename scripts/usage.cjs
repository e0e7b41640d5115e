/**
 * Tells a script's usage on --help (exit code 0) and on an argument that it does not know (2), before anything is built or started.
 * Written for old Nodes too.
 */
module.exports = function (usage, known) {
  var args = process.argv.slice(2);
  var isAsked = args.indexOf('--help') >= 0 || args.indexOf('-h') >= 0;
  var strange = args.filter(function (arg) {
    return known.indexOf(arg) < 0;
  });
  if (!isAsked && strange.length === 0) return;
  if (!isAsked) console.error('Unknown argument ' + JSON.stringify(strange[0]));
  console.error(usage);
  process.exit(isAsked ? 0 : 2);
};
