import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');

/** The product as a newcomer starts it: `npm start` without npm, so that signals reach it. */
export interface Product {
  /** http://127.0.0.1:PORT, from its own last lines. */
  url: string;
  pid: number;
  /** Seconds from the command to the line that says it is ready. */
  readySeconds: number;
  /** What it printed, both streams. */
  printed(): string;
  /** Ctrl-C; resolves with the exit code. */
  interrupt(): Promise<number | null>;
  /** kill -9 of the Node process alone. */
  kill(): Promise<void>;
}

export interface ProductOptions {
  dataFolder: string;
  env?: Record<string, string>;
  /** Another way to start it than scripts/start.cjs. */
  script?: string;
}

/** Environment for a copy of its own: nothing of the caller's settings, any free port. */
export function productEnvironment(options: ProductOptions): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HUIYING_') && name !== 'NODE_OPTIONS');
  return {
    ...Object.fromEntries(inherited),
    HUIYING_DATA_DIR: options.dataFolder,
    HUIYING_PORT: '0',
    NODE_ENV: 'production',
    ...options.env,
  };
}

/** @throws Error with all it printed when it ends before it is ready */
export async function startProduct(options: ProductOptions): Promise<Product> {
  const begun = process.hrtime.bigint();
  const child = spawn(process.execPath, [options.script ?? 'scripts/start.cjs'], {
    cwd: ROOT,
    env: productEnvironment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const url = await new Promise<string>((resolveUrl, reject) => {
    const hear = (chunk: Buffer): void => {
      printed += chunk.toString('utf8');
      const ready = /(http:\/\/127\.0\.0\.1:\d+)\s+ready/.exec(printed);
      if (ready) resolveUrl(ready[1]!);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the product ended with ${code} before it was ready:\n${printed}`)));
  });
  const readySeconds = Number(process.hrtime.bigint() - begun) / 1e9;
  return {
    url,
    pid: child.pid!,
    readySeconds,
    printed: () => printed,
    interrupt: () => end(child, 'SIGINT'),
    kill: async () => void (await end(child, 'SIGKILL')),
  };
}

/** Starts it where it must refuse: the exit code and what it printed. */
export async function startRefused(options: ProductOptions): Promise<{ code: number | null; printed: string }> {
  const child = spawn(process.execPath, ['scripts/start.cjs'], {
    cwd: ROOT,
    env: productEnvironment(options),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString('utf8')));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, printed };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => {
    child.once('exit', (code) => done(code));
    child.kill(signal);
  });
}

/** Whether a process runs. One that is dead, but whose parent has not asked how it ended, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = existsSync('/proc/self/stat') ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    return !/^[ZX]/.test(status.slice(status.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
