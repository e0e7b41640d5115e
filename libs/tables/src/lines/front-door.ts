import { BadInput, Refusal } from '@huiying/domain';

/** Writes lines to standard output, and waits where the reader is slower than we are, so that many lines need no memory. */
export function sayLines(values: readonly object[]): Promise<void> {
  if (values.length === 0) return Promise.resolve();
  return say(`${values.map((value) => JSON.stringify(value)).join('\n')}\n`);
}

export function say(text: string | Uint8Array): Promise<void> {
  return new Promise((done, fail) => process.stdout.write(text, (error) => (error ? fail(error) : done())));
}

/** A command was called in a way that it does not know: its usage is told after the sentence, and it ends with 2. */
export class WrongUsage extends Error {
  constructor(sentence = '') {
    super(sentence);
    this.name = 'WrongUsage';
  }
}

interface FrontDoor {
  /** Told for --help, and for a call that the command does not know. */
  usage: string;
  /** Exit status of a failure. */
  failed?: number;
}

/**
 * Runs a command: its answer is the exit status, a failure is one sentence on standard error, never a stack. A reader that has seen enough
 * (`| head -1`) closes the pipe: that is no failure.
 */
export function frontDoor(main: (args: string[]) => Promise<number>, { usage, failed = 2 }: FrontDoor): void {
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) return console.error(usage);
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
  main(args)
    .finally(() => process.off('beforeExit', breakOff))
    .then(
      (status) => void (process.exitCode = status),
      (error: Error) => {
        const isUsage = isWrongUsage(error);
        const said = isUsage ? error.message.split('. To specify')[0]! : sentenceOf(error);
        console.error([said, ...(isUsage ? [usage] : [])].filter((line) => line !== '').join('\n'));
        process.exitCode = isUsage ? 2 : failed;
      },
    );
}

/** In the words for staff, where the error has them. */
export function sentenceOf(error: Error): string {
  if (error instanceof Refusal) return error.said;
  return error instanceof BadInput ? error.faults.map((fault) => fault.message ?? new BadInput([fault]).message).join('\n') : error.message;
}

function isWrongUsage(error: Error & { code?: string }): boolean {
  return error instanceof WrongUsage || (error.code?.startsWith('ERR_PARSE_ARGS') ?? false);
}
