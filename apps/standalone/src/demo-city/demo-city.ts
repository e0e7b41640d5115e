import { createService, startPlatform } from '@huiying/platform';
import { MovableClock, type Clock } from '@huiying/domain';
import { Database, People } from '@huiying/persistence';
import type { Environment } from '@huiying/settings';
import { ClassifierModule } from '../../../classifier/src/index.js';
import { CollectorModule } from '../../../collector/src/index.js';
import { CallbackTargets, ResponseWorkflowModule, type AccountSeed } from '../../../response-workflow/src/index.js';
import {
  DEMO_PASSWORD,
  DEMO_PEOPLE,
  demoSources,
  inTimeOrder,
  leaderAt,
  officerAt,
  policySteps,
  script,
  type DemoSource,
} from '../demo/index.js';
import { SCHEMAS } from '../schemas.js';
import { DemoHotline } from './demo-hotline.js';
import { serveFencedChannels, type FencedChannels } from './fenced-channels.js';
import { newDemoState, readDemoState, writeDemoState, type DemoState } from './demo-state.js';
import { DemoLoader } from './loader.js';
import { serveDemoSite, type SiteServer } from './site-server.js';

const PAST_DAYS = 15;
export const DEMO_ACCOUNTS: readonly AccountSeed[] = DEMO_PEOPLE.map(({ id, username, name, role, departmentId, phone, email }) => ({
  id,
  username,
  name,
  role,
  departmentId,
  phone,
  email,
  password: DEMO_PASSWORD,
}));

/** The same accounts with those first that a newcomer wants: who is on duty at `now`, then one of each other role. */
export function accountsShown(now: Date): AccountSeed[] {
  const wanted = [officerAt(now), leaderAt(now), 'linkaiwen', 'fanlixin'];
  const first = wanted.flatMap((username) => DEMO_ACCOUNTS.find((account) => account.username === username) ?? []);
  return [...first, ...DEMO_ACCOUNTS.filter((account) => !first.includes(account))];
}

/** The demo city as it runs beside the services: its web site, its sources, and what is remembered of it. */
export interface DemoCity {
  state: DemoState;
  site: SiteServer;
  sources: DemoSource[];
  /** Receives what would go to group robots. */
  channels: FencedChannels;
  /** The hotline's system, which is told of work orders and compares its books with ours. */
  hotline: DemoHotline;
  /** The environment with the demo's hotline key and with its site on the collector's allow-list. */
  environment: Environment;
}

export interface DemoCityOptions {
  environment: Environment;
  databaseUrl: string;
  clock: Clock;
  say: (text: string) => void;
}

/** Serves the demo's web and, the first time, plays its past. Null where the database holds a city of its own. */
export async function openDemoCity(options: DemoCityOptions): Promise<DemoCity | null> {
  const { environment, clock, databaseUrl, say } = options;
  const known = readDemoState(environment.dataFolder);
  if (!(await belongsToDemo(databaseUrl, known))) return null;
  const state = known?.loaded ? known : newDemoState(clock.now());
  const site = await serveDemoSite(state, clock);
  state.sitePort = site.port;
  writeDemoState(environment.dataFolder, state);
  const channels = await serveFencedChannels(clock);
  const settings = channels.fenced(demoEnvironment(environment, state));
  const hotline = await DemoHotline.open();
  const city: DemoCity = { state, site, channels, hotline, sources: demoSources(site.port), environment: settings };
  if (!state.loaded) {
    say('playing the last two weeks of 望川市 …');
    const opinions = await playPast(city, databaseUrl, say);
    Object.assign(state, { loaded: true, liveAt: clock.now() });
    writeDemoState(environment.dataFolder, state);
    say(`${opinions} steps played: opinions, alerts, cases and their clocks`);
  }
  return city;
}

/** A fresh database, or one that this demo filled. A load that was killed is taken back: its past must be whole. */
async function belongsToDemo(databaseUrl: string, known: DemoState | null): Promise<boolean> {
  if (known?.loaded) return true;
  const database = await Database.open({ url: databaseUrl, pool: 2, name: 'huiying demo check' });
  try {
    await database.migrate();
    if ((await new People(database).all()).length === 0) return true;
    if (!known) return false;
    await database.undoAllMigrations();
    return true;
  } finally {
    await database.close();
  }
}

function demoEnvironment(environment: Environment, state: DemoState): Environment {
  return Object.freeze({
    ...environment,
    fetchAllow: [...environment.fetchAllow, `127.0.0.1:${state.sitePort}`],
    apiKeys: [...environment.apiKeys, { name: 'demo-hotline', key: state.hotlineKey, endsAt: null }],
  });
}

/** All services in one process on a clock that is moved through the script; nothing runs by itself. */
async function playPast(city: DemoCity, databaseUrl: string, say: (text: string) => void): Promise<number> {
  const { startedAt } = city.state;
  const clock = new MovableClock(new Date(startedAt.getTime() - PAST_DAYS * 86_400_000));
  const environment: Environment = Object.freeze({ ...city.environment, log: 'postgres', logLevel: 'warn', smtpUrl: null });
  // A past that is cut short is played anew: nothing of it need be on disk before the whole is.
  const platform = await startPlatform({ environment, clock, databaseUrl, name: 'demo loader', schemas: SCHEMAS, waitsForDisk: false });
  const services = await createService(platform, [
    CollectorModule.with({ sources: city.sources, poll: false }),
    ClassifierModule.with({ citySources: city.sources.filter((source) => source.belongsToCity).map((source) => source.id) }),
    ResponseWorkflowModule.with({ accounts: DEMO_ACCOUNTS, channels: [], runsByItself: false }),
  ]);
  try {
    await services.startAllMicroservices();
    await services.init();
    const steps = inTimeOrder([...script(startedAt), ...policySteps(startedAt)]);
    let told = 0;
    // What happened before is history to the hotline too.
    const tellHotline = () => services.get(CallbackTargets).use(city.hotline.target(environment.configFolder));
    await new DemoLoader(services, platform.database, clock, city.site.port, tellHotline).play(steps, startedAt, (done, total) => {
      const quarter = Math.floor((done * 4) / total);
      if (quarter > told && quarter < 4) say(`… ${quarter * 25} %`);
      told = Math.max(told, quarter);
    });
    await platform.database.reachDisk();
    return steps.length;
  } finally {
    await services.close();
    await platform.stop();
  }
}
