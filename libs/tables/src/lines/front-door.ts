/** Writes lines to standard output, and waits where the reader is slower than we are, so that many lines need no memory. */
export function sayLines(values: readonly object[]): Promise<void> {
  if (values.length === 0) return Promise.resolve();
  return say(`${values.map((value) => JSON.stringify(value)).join('\n')}\n`);
}

export function say(text: string | Uint8Array): Promise<void> {
  return new Promise((done, fail) => process.stdout.write(text, (error) => (error ? fail(error) : done())));
}

/**
 * Runs a command that staff put into a pipe: its answer is the exit status, a failure is one sentence on standard error, never a stack. A reader that has seen enough (`| head -1`) closes the pipe: that is no failure.
 */
export function frontDoor(
  main: (args: string[]) => Promise<number>,
  { usage, failed = 2 }: { usage?: string; failed?: number } = {},
): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') console.error(`standard output: ${error.message}`);
    process.exit(error.code === 'EPIPE' ? 0 : 2);
  });
  // Where something was waited for that can no longer come, Node would end with 0 as if all were done.
  const breakOff = () => {
    console.error('ended before the work was done');
    process.exitCode = failed;
  };
  process.once('beforeExit', breakOff);
  main(process.argv.slice(2))
    .finally(() => process.off('beforeExit', breakOff))
    .then(
      (status) => void (process.exitCode = status),
      (error: Error & { code?: string }) => {
        console.error(error.code?.startsWith('ERR_PARSE_ARGS') && usage !== undefined ? `${error.message}\n${usage}` : error.message);
        process.exitCode = failed;
      },
    );
}
