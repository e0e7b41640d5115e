/**
 * What a copy costs, as JSON: `npm run bench:start`. Seconds from `npm start` to ready with an empty data folder (the build done before)
 * and with the folder of the last time; then processor and memory of the idle copy, the Node process and its PostgreSQL together.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProduct } from '../support/product.js';

const IDLE_SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
const TICKS_PER_SECOND = 100;

async function main(): Promise<void> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'huiying-start-'));
  chmodSync(dataFolder, 0o755);
  try {
    const first = await startProduct({ dataFolder });
    await first.interrupt();
    const second = await startProduct({ dataFolder });
    await new Promise((resolve) => setTimeout(resolve, 15_000));
    const before = usage(second.pid);
    await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000));
    const after = usage(second.pid);
    await second.interrupt();
    const percent = (a: number, b: number) => Math.round(((b - a) / TICKS_PER_SECOND / IDLE_SECONDS) * 1000) / 10;
    console.log(
      JSON.stringify({
        bench: 'start',
        firstReadySeconds: round(first.readySeconds),
        secondReadySeconds: round(second.readySeconds),
        idleSeconds: IDLE_SECONDS,
        idleCpuPercentOfOneCore: {
          node: percent(before.node.ticks, after.node.ticks),
          postgres: percent(before.postgres.ticks, after.postgres.ticks),
        },
        memoryMb: { node: after.node.mb, postgres: after.postgres.mb },
      }),
    );
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

/** Processor ticks and proportional memory (PSS: shared pages counted once) of a process and of its descendants. */
function usage(pid: number): Record<'node' | 'postgres', { ticks: number; mb: number }> {
  const children = descendants(pid);
  const sum = (pids: number[]) => ({
    ticks: pids.reduce((total, one) => total + ticksOf(one), 0),
    mb: Math.round(pids.reduce((total, one) => total + pssKbOf(one), 0) / 1024),
  });
  return { node: sum([pid]), postgres: sum(children) };
}

function descendants(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return [{ pid: Number(name), parent: Number(statOf(Number(name))[1]) }];
      } catch {
        return []; // ended in the meantime
      }
    });
  const below = (of: number): number[] => parents.filter((p) => p.parent === of).flatMap((p) => [p.pid, ...below(p.pid)]);
  return below(pid);
}

/** Fields after the name in parentheses, which may hold spaces: state, parent, … utime is the 12th, stime the 13th. */
function statOf(pid: number): string[] {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function ticksOf(pid: number): number {
  const fields = statOf(pid);
  return Number(fields[11]) + Number(fields[12]);
}

function pssKbOf(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
