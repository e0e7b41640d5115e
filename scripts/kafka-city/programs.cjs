const { spawn } = require('node:child_process');
const { createInterface } = require('node:readline');

/** A program that has not ended by then after SIGTERM is killed. */
const ENDS_WITHIN_MS = 20_000;

/** The programs of one city: started, heard, and ended together. */
class Programs {
  /** @param {(sentence: string) => void} onLoss called when a program ends by itself that the city cannot do without */
  constructor(say, onLoss) {
    this.say = say;
    this.onLoss = onLoss;
    this.running = new Map();
    this.stopping = false;
  }

  /**
   * Starts a program and resolves, when it has printed the line, with what the line's first group holds.
   * @param {{ name: string, file: string, args?: string[], env: object, ready: RegExp, role?: string }} program programs of one role stand
   * in for each other: the loss of one is told, the loss of the last ends the city
   */
  start(program) {
    if (this.stopping) return Promise.reject(new Error('ended before all of it was started'));
    const { name, file, args = [], env, ready } = program;
    // A process group of its own: Ctrl-C reaches us alone, and we end the others in order.
    const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const watcher = dieWithUs(child);
    this.running.set(name, { ...program, child });
    return new Promise((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr]) {
        createInterface({ input: stream }).on('line', (line) => {
          const match = ready.exec(line);
          if (match) resolve(match[1]);
          else if (line.trim()) console.log(`  [${name}] ${line}`);
        });
      }
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        watcher.kill('SIGKILL');
        this.running.delete(name);
        const sentence = `${name} ended (${signal ?? `code ${code}`})`;
        reject(new Error(sentence));
        if (!this.stopping) this.lost(program, sentence);
      });
    });
  }

  pid(name) {
    return this.running.get(name)?.child.pid;
  }

  lost(program, sentence) {
    const others = [...this.running.values()].filter((one) => one.role !== undefined && one.role === program.role);
    if (others.length > 0) this.say(`${sentence}; ${others.map((one) => one.name).join(', ')} goes on alone`);
    else this.onLoss(sentence);
  }

  async stop() {
    this.stopping = true;
    await Promise.all([...this.running.values()].map(({ child }) => ended(child)));
  }
}

function ended(child) {
  return new Promise((done) => {
    const late = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
    child.once('exit', () => {
      clearTimeout(late);
      done();
    });
    child.kill('SIGTERM');
  });
}

/** No program outlives a city that was itself killed: the pipe breaks when we are gone, whatever the way. */
function dieWithUs(child) {
  const watcher = spawn('sh', ['-c', `cat >/dev/null; kill -9 ${child.pid}`], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  watcher.on('error', () => undefined); // without a shell there is only the orderly way
  watcher.unref();
  watcher.stdin.unref();
  return watcher;
}

module.exports = { Programs };
