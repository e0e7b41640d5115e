import 'reflect-metadata';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MovableClock } from '@huiying/domain';
import { Database, People, startEmbeddedPostgres } from '@huiying/persistence';
import { createService, readRunningCopy, startPlatform } from '@huiying/platform';
import { drillNames, readDrill, readEnvironment, type Drill, type Environment } from '@huiying/settings';
import { frontDoor, WrongUsage } from '@huiying/tables/lines';
import { ResponseWorkflowModule, type AccountSeed } from '../../../response-workflow/src/index.js';
import { DEMO_ACCOUNTS } from '../demo-city/demo-city.js';
import { drillReport, type DrillOutcome } from './drill-report.js';
import { DrillPlayer } from './drill-player.js';

const USAGE = 'usage: npm run drill -- SCENARIO [--speed 600]';

/** `npm run drill -- SCENARIO --speed 600`: an incident on a fast clock, in a database of its own, with every channel fenced. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { speed: { type: 'string', default: '600' } } });
  const environment = readEnvironment(process.env);
  const [name, ...more] = positionals;
  if (!name || more.length > 0) throw new WrongUsage(`SCENARIO must be one of ${drillNames(environment.configFolder).join(', ')}`);
  const speed = Number(values.speed);
  if (!(speed > 0)) throw new WrongUsage(`--speed must be a number above 0; got ${JSON.stringify(values.speed)}`);
  const drill = readDrill(environment.configFolder, name);
  const { accounts, from } = await accountsOf(environment);
  console.error(`${drill.title}：${Math.ceil(drill.runsFor / 60_000 / speed)} 分钟放完；人员取自${from}，值班表取自 config/duty.yaml`);
  console.log(drillReport(await runDrill(drill, speed, environment, accounts)));
  return 0;
}

/** Plays a drill in a PostgreSQL of its own, which is removed afterwards. Nothing leaves the machine. */
export async function runDrill(
  drill: Drill,
  speed: number,
  environment: Environment,
  accounts: readonly AccountSeed[],
): Promise<DrillOutcome> {
  const home = mkdtempSync(join(tmpdir(), 'huiying-drill-'));
  chmodSync(home, 0o755);
  const postgres = await startEmbeddedPostgres({ folder: join(home, 'postgres') });
  try {
    return await playOn(postgres.url, drill, speed, environment, accounts);
  } finally {
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** As runDrill, on a database that is there and empty. */
export async function playOn(
  databaseUrl: string,
  drill: Drill,
  speed: number,
  given: Environment,
  accounts: readonly AccountSeed[],
): Promise<DrillOutcome> {
  const clock = new MovableClock(drill.startsAt);
  const environment: Environment = Object.freeze({
    ...given,
    log: 'postgres',
    logLevel: 'error',
    smtpUrl: null,
    heartbeatUrl: null,
    databaseUrl,
  });
  const platform = await startPlatform({ environment, clock, databaseUrl, name: 'drill', schemas: ['workflow'] });
  const services = await createService(platform, [ResponseWorkflowModule.with({ accounts, channels: [], runsByItself: false })]);
  try {
    await services.startAllMicroservices();
    await services.init();
    return await new DrillPlayer(services, platform, clock, speed).play(drill);
  } finally {
    await services.close();
    await platform.stop();
  }
}

/** The accounts of the copy that runs here, so that the routing is the city's own; the demo's where none runs. */
async function accountsOf(environment: Environment): Promise<{ accounts: readonly AccountSeed[]; from: string }> {
  const url = environment.databaseUrl ?? readRunningCopy(environment)?.databaseUrl;
  if (!url) return { accounts: DEMO_ACCOUNTS, from: '演示城市（没有正在运行的系统）' };
  const database = await Database.open({ url, pool: 2, name: 'huiying drill' });
  try {
    const people = await new People(database).active();
    const accounts = people.map(({ id, username, name, role, departmentId, phone, email }) => ({
      id,
      username,
      name,
      role,
      departmentId,
      phone,
      email,
      password: 'Yanlian-only-1',
    }));
    return { accounts, from: '正在运行的系统' };
  } finally {
    await database.close();
  }
}

if (require.main === module) frontDoor(main, { usage: USAGE, failed: 1 });
