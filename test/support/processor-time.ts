/**
 * Seconds of this process's processor time that the work takes, the least of three runs: a busy machine does not lengthen them as it does
 * the clock's, and what the engine does beside, collecting what other tests left or compiling, is not in all of them.
 */
export async function processorSeconds(work: () => unknown): Promise<number> {
  let least = Infinity;
  for (let run = 0; run < 3; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1e6);
  }
  return least;
}
