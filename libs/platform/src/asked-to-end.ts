/** Ctrl-C, a manager's order, and the terminal that was closed. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls it once, however often and by whatever signal the process is asked to end. */
export function whenAskedToEnd(end: () => void): void {
  let asked = false;
  for (const signal of SIGNALS)
    process.on(signal, () => {
      if (asked) return;
      asked = true;
      end();
    });
}
