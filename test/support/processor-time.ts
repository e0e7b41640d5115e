/** Seconds of this process's processor time that the work takes: a busy machine does not lengthen them as it does the clock's. */
export async function processorSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
