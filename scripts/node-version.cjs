/** Ends the process with one sentence where Node is too old. Written for old Nodes too, so that they get it and no syntax error. */
var wanted = [20, 19];
var have = process.versions.node.split('.').map(Number);
if (have[0] < wanted[0] || (have[0] === wanted[0] && have[1] < wanted[1])) {
  console.error('回应 needs Node ' + wanted.join('.') + ' or newer; this is Node ' + process.versions.node + '.');
  process.exit(1);
}
