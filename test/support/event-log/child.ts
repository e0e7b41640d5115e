import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

/** A real process that runs one of the scripts beside this file, to be killed in the middle of its work. */
export interface Child {
  pid: number;
  /** Resolves at the first line on stdout that starts so, also when it came before. @throws when the process ends without it */
  says(start: string): Promise<string>;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
}

export function startChild(script: string, environment: Record<string, string>): Child {
  const child: ChildProcess = spawn(process.execPath, ['-r', join(ROOT, 'test/support/typescript.cjs'), join(__dirname, script)], {
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      TEST_RUN: process.env['TEST_RUN'],
      KAFKAJS_NO_PARTITIONER_WARNING: '1',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  const listeners = new Set<() => void>();
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
    for (const look of [...listeners]) look();
  });
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => (err = (err + chunk).slice(-4_000)));
  const says = (start: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const line = out
          .split('\n')
          .slice(0, -1)
          .find((said) => said.startsWith(start));
        if (line === undefined) return;
        listeners.delete(look);
        resolve(line);
      };
      listeners.add(look);
      void gone.then(() => reject(new Error(`${script} ended before it said "${start}": ${err || out}`)));
      look();
    });
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await gone;
  };
  return { pid: child.pid!, says, kill };
}
