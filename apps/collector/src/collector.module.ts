import { join } from 'node:path';
import {
  Inject,
  Logger,
  Module,
  RequestMethod,
  type DynamicModule,
  type MiddlewareConsumer,
  type NestModule,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type Provider,
} from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { Fetcher } from '@huiying/fetching';
import { Database, Store } from '@huiying/persistence';
import { ENVIRONMENT, PassOffice, RecordSeal, secretKey } from '@huiying/platform';
import {
  OPEN311_ADAPTER,
  readCalendar,
  readHotline,
  readHotlineAdapter,
  readSources,
  type Environment,
  type HotlineConfig,
} from '@huiying/settings';
import { CollectorService } from './collector.service.js';
import { SourceCommandConsumer, SourceCommander, TrialRunner } from './commanding/index.js';
import {
  CallerDesk,
  GeoreportController,
  GeoreportTaker,
  HandbookController,
  HotlineController,
  HotlineIntake,
  HotlineStaffController,
  ImportDesk,
  pullEntry,
  Puller,
  readForm,
} from './hotline/index.js';
import { Poller } from './polling/index.js';
import { SourceList, type CollectorSource } from './sources/index.js';

export interface CollectorOptions {
  /** The sources; without them those of config/sources.yaml. */
  sources?: readonly CollectorSource[];
  /** Private addresses (host:port) that may be fetched besides those of HUIYING_FETCH_ALLOW. */
  allow?: readonly string[];
  /** false: nothing is polled until somebody calls Poller.start, e.g. after a demo's past was brought in. */
  poll?: boolean;
  /** What config/hotline.yaml lays down; read from there where not given. */
  hotline?: HotlineConfig;
}

const OPTIONS = Symbol('collector options');
const STORE = Symbol('collector store');
const HOTLINE = Symbol('hotline config');
type Hotline = Pick<HotlineConfig, 'pulls'> & { secrets: Environment['pullSecrets']; voice: Logger };

const PROVIDERS: Provider[] = [
  { provide: OPTIONS, useValue: {} satisfies CollectorOptions },
  { provide: STORE, useFactory: (database: Database) => new Store(database, 'collector'), inject: [Database] },
  {
    provide: HOTLINE,
    useFactory: ({ hotline }: CollectorOptions, { configFolder, pullSecrets }: Environment): Hotline => ({
      pulls: (hotline ?? readHotline(configFolder)).pulls,
      secrets: pullSecrets,
      voice: new Logger('collector'),
    }),
    inject: [OPTIONS, ENVIRONMENT],
  },
  {
    provide: SourceList,
    useFactory: ({ sources }: CollectorOptions, { configFolder }: Environment, store: Store, clock: Clock, { pulls }: Hotline) =>
      new SourceList(sources ?? readSources(configFolder), store, clock, readCalendar(configFolder), pulls.map(pullEntry)),
    inject: [OPTIONS, ENVIRONMENT, STORE, Clock, HOTLINE],
  },
  {
    provide: Fetcher,
    useFactory: ({ allow = [] }: CollectorOptions, { fetchAllow }: Environment) => new Fetcher({ allow: [...fetchAllow, ...allow] }),
    inject: [OPTIONS, ENVIRONMENT],
  },
  {
    provide: Poller,
    useFactory: (store: Store, list: SourceList, fetcher: Fetcher, clock: Clock) =>
      new Poller(store, list, { fetcher, clock, voice: new Logger('collector') }),
    inject: [STORE, SourceList, Fetcher, Clock],
  },
  {
    provide: SourceCommander,
    useFactory: (store: Store, list: SourceList, clock: Clock) => new SourceCommander(store, list, clock),
    inject: [STORE, SourceList, Clock],
  },
  {
    provide: TrialRunner,
    useFactory: (store: Store, fetcher: Fetcher, clock: Clock) => new TrialRunner(store, { fetcher, clock, voice: new Logger('trials') }),
    inject: [STORE, Fetcher, Clock],
  },
  {
    provide: CollectorService,
    useFactory: (store: Store, list: SourceList, clock: Clock) => new CollectorService(store, list, clock),
    inject: [STORE, SourceList, Clock],
  },
  {
    provide: HotlineIntake,
    useFactory: (store: Store, list: SourceList, clock: Clock, environment: Environment) =>
      new HotlineIntake(store, list, clock, new RecordSeal(secretKey(environment))),
    inject: [STORE, SourceList, Clock, ENVIRONMENT],
  },
  {
    provide: GeoreportTaker,
    useFactory: ({ configFolder }: Environment, intake: HotlineIntake, clock: Clock) =>
      new GeoreportTaker(readHotlineAdapter(configFolder, OPEN311_ADAPTER).georeport, intake, clock),
    inject: [ENVIRONMENT, HotlineIntake, Clock],
  },
  { provide: PassOffice, useFactory: (environment: Environment) => new PassOffice(secretKey(environment)), inject: [ENVIRONMENT] },
  {
    provide: CallerDesk,
    useFactory: (store: Store, environment: Environment, clock: Clock) =>
      new CallerDesk(store, new RecordSeal(secretKey(environment)), clock),
    inject: [STORE, ENVIRONMENT, Clock],
  },
  {
    provide: ImportDesk,
    useFactory: (store: Store, intake: HotlineIntake, clock: Clock, { dataFolder }: Environment) =>
      new ImportDesk({ store, intake, clock, voice: new Logger('collector'), folder: join(dataFolder, 'imports') }),
    inject: [STORE, HotlineIntake, Clock, ENVIRONMENT],
  },
  {
    provide: Puller,
    useFactory: (list: SourceList, { pulls, ...rest }: Hotline, fetcher: Fetcher, clock: Clock, intake: HotlineIntake) =>
      new Puller(list.store, list, pulls, { ...rest, fetcher, clock, intake }),
    inject: [SourceList, HOTLINE, Fetcher, Clock, HotlineIntake],
  },
];

/** Collects: polls the feeds and takes the hotline's records. What it finds goes out as opinion.collected. */
@Module({
  controllers: [HotlineController, GeoreportController, HandbookController, HotlineStaffController, SourceCommandConsumer],
  providers: PROVIDERS,
  exports: [CollectorService, HotlineIntake, Poller, Puller],
})
export class CollectorModule implements NestModule, OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    @Inject(Poller) private readonly poller: Poller,
    @Inject(TrialRunner) private readonly trials: TrialRunner,
    @Inject(Puller) private readonly puller: Puller,
    @Inject(SourceList) private readonly list: SourceList,
    @Inject(OPTIONS) private readonly options: CollectorOptions,
  ) {}

  static with(options: CollectorOptions): DynamicModule {
    return { module: CollectorModule, providers: [{ provide: OPTIONS, useValue: options }] };
  }

  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(readForm).forRoutes({ path: 'api/hotline/open311/v2/{*path}', method: RequestMethod.POST });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.list.ready();
    if (this.options.poll === false) return;
    this.poller.start();
    this.puller.start();
    await this.trials.start();
  }

  async onModuleDestroy(): Promise<void> {
    // Together: the poller ends the fetches that a trial or a pull waits for, too.
    await Promise.all([this.trials.stop(), this.poller.stop(), this.puller.stop()]);
  }
}
