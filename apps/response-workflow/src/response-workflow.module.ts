import { resolve } from 'node:path';
import {
  Inject,
  Module,
  RequestMethod,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type MiddlewareConsumer,
  type NestModule,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ENVIRONMENT } from '@huiying/platform';
import { Clock } from '@huiying/domain';
import { Database } from '@huiying/persistence';
import { readChannels, type ChannelSetting, type Environment } from '@huiying/settings';
import {
  AccountGuard,
  LOGIN_HINTS,
  PeopleController,
  PeopleDesk,
  SameOriginGuard,
  SessionController,
  SessionDesk,
  type AccountSeed,
} from './accounts/index.js';
import { AcknowledgeController, AcknowledgeDesk, NoticeAcknowledgeController } from './acknowledging/index.js';
import { AlertController, AlertDesk, AlertRaiser, AlertTeller, OpinionClassifiedConsumer } from './alerting/index.js';
import { ApiKeyBook, ApiKeyController, ApiKeyDesk, ApiKeyWatch } from './api-keys/index.js';
import { AuditSealer } from './audit/index.js';
import { Auditor, AuditorController, AuditorLoop, EscalationAuditor } from './auditing/index.js';
import { BoardController, BoardReader } from './board/index.js';
import { CallbackController, CallbackDesk, CallbackLoop, CallbackOutbox, CallbackSender, CallbackTargets } from './callbacks/index.js';
import { CaseController, CaseDesk, CaseReader, CaseWorkDesk } from './cases/index.js';
import { CaseworkController, CaseworkDesk, CaseworkReader, InvestigationDesk, RumourDesk } from './casework/index.js';
import { CalendarController, CalendarDesk } from './calendar/index.js';
import { CityBook, LawKeeper } from './city/index.js';
import { consoleFiles, contentSecurity } from './console-files/index.js';
import {
  DeadlineBook,
  DeadlineController,
  DeadlineEngine,
  DeadlineMover,
  DeadlineTicker,
  ExtensionDesk,
  WhyDesk,
} from './deadlines/index.js';
import {
  DocumentConsumer,
  DocumentController,
  DocumentDesk,
  DocumentEnder,
  DocumentImporter,
  DocumentLedger,
  DocumentReader,
  LinkWatch,
  PageLinks,
} from './documents/index.js';
import { DutyController, DutyDesk } from './duty/index.js';
import {
  EscalationBook,
  EscalationConsumer,
  EscalationController,
  EscalationDesk,
  EscalationEngine,
  EscalationTicker,
} from './escalating/index.js';
import { EvidenceController, EvidenceDesk, PageCapture } from './evidence/index.js';
import { FiguresApiController, FiguresController, FiguresReader } from './figures/index.js';
import { GeoreportApiController, GeoreportReader } from './georeport/index.js';
import { forwardTo, PassController, PassDesk } from './hotline/index.js';
import {
  BundleSender,
  ChannelBook,
  ChannelHealth,
  DeliveryLoop,
  DeliverySender,
  MessageMaker,
  NoticeConsumer,
  NoticeController,
  NoticeKeeper,
  Reach,
  SentMarks,
} from './notifying/index.js';
import { KnowledgeApiController, KnowledgeController, KnowledgeDesk, KnowledgeKeeper, KnowledgeTicker } from './knowledge/index.js';
import { OpinionController, OpinionReader, SearchIndexKeeper } from './opinions/index.js';
import {
  OrderApiController,
  OrderApiDesk,
  OrderClocks,
  OrderConsumer,
  OrderController,
  OrderDesk,
  OrderJournal,
  OrderNotices,
  OrderReader,
  OrderReceiver,
} from './orders/index.js';
import { DutyPlanDesk, DutyWatch, HandoverDesk, RosteringController, SwapDesk } from './rostering/index.js';
import { ReconcileApiController, ReconcileController, ReconcileDesk, ReconcileWatch } from './reconciling/index.js';
import { RuleController, RuleDesk } from './rules/index.js';
import {
  ReportController,
  ReportDesk,
  ReportListDesk,
  ReportMailTicker,
  ReportMailer,
  ReportPost,
  ReportReader,
  ReportScheduleController,
  ReportScheduler,
  ReportSendingController,
  ReportSource,
  ReportTicker,
  ScorecardController,
  ScorecardReader,
  SpecialReader,
} from './reports/index.js';
import { ModelConsumer, ReviewController, ReviewDesk } from './reviews/index.js';
import { SchemeController, SchemeDesk } from './schemes/index.js';
import { StatementController, StatementDesk, StatementReader } from './statements/index.js';
import { SourceConsumer, SourceController, SourceDesk, SourceExchange, SourceReader } from './sources/index.js';
import { StreamController, StreamHub } from './stream/index.js';
import { StoryController, StoryDesk, StoryMerger, StoryReader, StoryRelatedConsumer } from './stories/index.js';
import { ChannelSecretDesk, ChannelWatch, TellingController, TellingDesk } from './telling/index.js';
import { ThresholdController, ThresholdDesk, ThresholdJudge } from './thresholds/index.js';
import { WorkflowStore } from './timeline/index.js';
import { AssignmentDesk, FallbackAssigner, TaskController, TaskDesk, TaskReader } from './tasks/index.js';

export interface ResponseWorkflowOptions {
  /** Accounts that are made at start where they are missing, e.g. those of the demo city. */
  accounts?: readonly AccountSeed[];
  /** Whether the login page may show those accounts with their passwords; heeded only where the environment says demo. */
  showAccounts?: boolean;
  /** What the configuration lays down; read from the environment's folder where not given. */
  city?: CityBook;
  /** Where the built console lies. */
  consoleFolder?: string;
  /** Channels beside mail, in place of config/channels.yaml: a demo and a drill fence them. */
  channels?: readonly ChannelSetting[];
  /** Fires due steps and sends deliveries by itself. Off where a loader plays the past and ticks by hand. */
  runsByItself?: boolean;
}

const LAST_REQUESTS_MS = 500;
const OPTIONS = Symbol('response-workflow options');

export const CONTROLLERS = [
  SessionController,
  PeopleController,
  BoardController,
  AlertController,
  CaseController,
  TaskController,
  EvidenceController,
  StatementController,
  CaseworkController,
  DocumentController,
  DeadlineController,
  CalendarController,
  RuleController,
  AuditorController,
  DutyController,
  RosteringController,
  EscalationController,
  AcknowledgeController,
  NoticeAcknowledgeController,
  TellingController,
  NoticeController,
  OpinionController,
  ReportScheduleController,
  ScorecardController,
  ReportSendingController,
  ReportController,
  FiguresController,
  ReviewController,
  SourceController,
  PassController,
  SchemeController,
  ThresholdController,
  KnowledgeController,
  KnowledgeApiController,
  StreamController,
  OpinionClassifiedConsumer,
  StoryController,
  StoryRelatedConsumer,
  NoticeConsumer,
  EscalationConsumer,
  SourceConsumer,
  DocumentConsumer,
  ModelConsumer,
  OrderController,
  OrderApiController,
  FiguresApiController,
  GeoreportApiController,
  ReconcileApiController,
  ReconcileController,
  OrderConsumer,
  CallbackController,
  ApiKeyController,
];

const SERVICES = [
  WorkflowStore,
  SessionDesk,
  PeopleDesk,
  AccountGuard,
  SameOriginGuard,
  DutyDesk,
  EscalationBook,
  EscalationEngine,
  EscalationDesk,
  ThresholdJudge,
  ThresholdDesk,
  AlertRaiser,
  AlertTeller,
  AlertDesk,
  CaseDesk,
  CaseReader,
  CaseWorkDesk,
  AssignmentDesk,
  TaskDesk,
  TaskReader,
  PageCapture,
  EvidenceDesk,
  StatementDesk,
  StatementReader,
  CaseworkDesk,
  InvestigationDesk,
  RumourDesk,
  CaseworkReader,
  PageLinks,
  DocumentLedger,
  DocumentDesk,
  DocumentEnder,
  DocumentReader,
  DocumentImporter,
  LawKeeper,
  DeadlineMover,
  CalendarDesk,
  ReportReader,
  SpecialReader,
  ReportSource,
  ScorecardReader,
  ReportPost,
  FiguresReader,
  ReportDesk,
  ReportListDesk,
  ReportMailer,
  ReportScheduler,
  RuleDesk,
  EscalationAuditor,
  Auditor,
  DeadlineBook,
  DeadlineEngine,
  ExtensionDesk,
  WhyDesk,
  Reach,
  ChannelHealth,
  MessageMaker,
  DeliverySender,
  BundleSender,
  SentMarks,
  NoticeKeeper,
  AcknowledgeDesk,
  TellingDesk,
  ChannelSecretDesk,
  DutyPlanDesk,
  SwapDesk,
  HandoverDesk,
  PassDesk,
  OpinionReader,
  ReviewDesk,
  SchemeDesk,
  StoryReader,
  StoryDesk,
  StoryMerger,
  BoardReader,
  SourceDesk,
  SourceExchange,
  SourceReader,
  StreamHub,
  CallbackTargets,
  KnowledgeKeeper,
  KnowledgeDesk,
  CallbackOutbox,
  CallbackSender,
  CallbackDesk,
  ReconcileDesk,
  GeoreportReader,
  OrderApiDesk,
  OrderClocks,
  OrderJournal,
  OrderNotices,
  OrderReceiver,
  OrderDesk,
  OrderReader,
  ApiKeyBook,
  ApiKeyDesk,
];

const LOOPS = [
  CallbackLoop,
  KnowledgeTicker,
  ReconcileWatch,
  DeadlineTicker,
  EscalationTicker,
  ChannelWatch,
  ApiKeyWatch,
  LinkWatch,
  DutyWatch,
  AuditorLoop,
  DeliveryLoop,
  ReportTicker,
  ReportMailTicker,
  SearchIndexKeeper,
  AuditSealer,
  FallbackAssigner,
];

/** Alerts, cases, tasks, deadlines and notices; the HTTP API and the console's files. */
@Module({})
export class ResponseWorkflowModule implements NestModule, OnModuleInit, BeforeApplicationShutdown {
  constructor(
    @Inject(OPTIONS) private readonly options: ResponseWorkflowOptions,
    @Inject(PeopleDesk) private readonly people: PeopleDesk,
    @Inject(HttpAdapterHost) private readonly http: HttpAdapterHost,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  static with(options: ResponseWorkflowOptions): DynamicModule {
    const hints = (options.showAccounts ? options.accounts : undefined) ?? [];
    const city = options.city;
    const providers = [
      { provide: OPTIONS, useValue: options },
      {
        provide: CityBook,
        inject: [ENVIRONMENT],
        useFactory: (environment: Environment) => city ?? CityBook.read(environment.configFolder),
      },
      {
        provide: ChannelBook,
        inject: [ENVIRONMENT, Clock, Database],
        useFactory: (environment: Environment, clock: Clock, database: Database) =>
          ChannelBook.open(options.channels ?? readChannels(environment.configFolder), environment, clock, database),
      },
      {
        provide: LOGIN_HINTS,
        inject: [CityBook],
        useFactory: (book: CityBook) =>
          hints.map(({ username, password, name, role, departmentId }) => ({
            username,
            password,
            name,
            role,
            departmentName: departmentId === null ? null : book.departmentName(departmentId),
          })),
      },
      ...SERVICES,
      ...(options.runsByItself === false ? [] : LOOPS),
    ];
    return { module: ResponseWorkflowModule, controllers: CONTROLLERS, providers, exports: SERVICES };
  }

  async onModuleInit(): Promise<void> {
    if (this.options.accounts) await this.people.seed(this.options.accounts);
  }

  /** Requests in work may end; browsers that merely keep a connection open do not hold the process. */
  beforeApplicationShutdown(): void {
    const server = this.http.httpAdapter?.getHttpServer() as { closeAllConnections?: () => void } | undefined;
    setTimeout(() => server?.closeAllConnections?.(), LAST_REQUESTS_MS).unref();
  }

  configure(consumer: MiddlewareConsumer): void {
    const folder = this.options.consoleFolder ?? resolve('dist/console');
    consumer.apply(contentSecurity(), consoleFiles(folder)).forRoutes('{*path}');
    const { collectorUrl } = this.environment;
    if (collectorUrl !== null)
      consumer
        .apply(forwardTo(collectorUrl))
        .exclude(
          'api/hotline/v1/orders',
          'api/hotline/v1/figures',
          'api/hotline/v1/figures/{*path}',
          'api/hotline/v1/knowledge',
          'api/hotline/v1/knowledge/{*path}',
          'api/hotline/v1/knowledge-sync',
          'api/hotline/v1/orders/{*path}',
          'api/hotline/v1/reconciliations/{*path}',
          // Reports made by Open311 go in at the collector's door; questions are answered here.
          { path: 'api/hotline/open311/{*path}', method: RequestMethod.GET },
        )
        .forRoutes('api/hotline/{*path}');
  }
}
