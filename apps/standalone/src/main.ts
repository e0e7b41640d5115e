import 'reflect-metadata';
import { clearRunningCopy, whenAskedToEnd, writeRunningCopy } from '@huiying/platform';
import { CannotOpenDatabase, CannotRunPostgres } from '@huiying/persistence';
import { BadConfig, BadEnvironment, readEnvironment, SystemClock } from '@huiying/settings';
import { CannotStart } from './copy/copy-lock.js';
import { Steps } from './copy/steps.js';
import { welcome } from './copy/welcome.js';
import { startStandalone } from './standalone.js';

const clock = new SystemClock();
const begun = Number(process.env.HUIYING_STARTED_AT) || clock.now().getTime();
const steps = new Steps(() => clock.now().getTime() - begun);
const undo: (() => Promise<unknown> | unknown)[] = [];
let ending: Promise<void> | null = null;

function end(code: number): Promise<void> {
  ending ??= (async () => {
    for (const step of undo.reverse()) await Promise.resolve(step()).catch((error: Error) => console.error(error.message));
    process.exit(code);
  })();
  return ending;
}

async function main(): Promise<void> {
  const environment = readEnvironment(process.env);
  const copy = await startStandalone(environment, clock, (text) => steps.say(text), undo);
  writeRunningCopy(environment, {
    pid: process.pid,
    url: copy.url,
    databaseUrl: copy.databaseUrl,
    hotlineKey: copy.demo?.state.hotlineKey ?? null,
  });
  undo.push(() => clearRunningCopy(environment));
  steps.say('console, services and clocks run');
  steps.tell(welcome(copy, clock.now()));
}

whenAskedToEnd(() => void end(0));
main().catch((error: Error) => {
  const isForPeople = [CannotStart, CannotRunPostgres, CannotOpenDatabase, BadEnvironment, BadConfig].some((kind) => error instanceof kind);
  if (!ending) console.error(isForPeople ? error.message : error); // what is being ended fails what still starts
  void end(1);
});
