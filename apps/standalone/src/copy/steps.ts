/** Prints what start-up does, each line with the time since the command was given. */
export class Steps {
  /** @param elapsedMs milliseconds since the command was given */
  constructor(
    private readonly elapsedMs: () => number,
    private readonly write: (line: string) => void = (line) => void process.stdout.write(`${line}\n`),
  ) {}

  say(text: string): void {
    this.write(`  ${(this.elapsedMs() / 1000).toFixed(1).padStart(5)} s  ${text}`);
  }

  /** Without a time: what follows when all is done. */
  tell(text: string): void {
    this.write(text);
  }
}
