import { Logger, Module, type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { EventLogServer } from '@huiying/messaging';
import { BornExpressAdapter } from './http/born-express.adapter.js';
import { HealthController } from './http/health.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { verifyBody } from './http/utf8-body.js';
import { ServiceLogger } from './service-logger.js';
import { PlatformModule } from './platform.module.js';
import type { Platform } from './platform.js';

/** Largest body taken: a thousand hotline records, or one proof of 6 MB in base64. */
const BODY_LIMIT = '16mb';

@Module({})
class ServiceModule {}

/**
 * Builds one process out of service modules: HTTP, and the readers of the log. Nothing listens yet;
 * call `listen` for HTTP and `startAllMicroservices` for the log.
 */
export async function createService(platform: Platform, modules: (Type | DynamicModule)[]): Promise<NestExpressApplication> {
  const root: DynamicModule = {
    module: ServiceModule,
    imports: [PlatformModule.of(platform), ...modules],
    controllers: [HealthController],
  };
  const app = await NestFactory.create<NestExpressApplication>(root, new BornExpressAdapter(), {
    logger: new ServiceLogger(platform.environment),
    bodyParser: false,
    // A configuration that cannot be used is thrown to main, which tells it in one sentence; Nest would end the process here.
    abortOnError: false,
  });
  // Nest's types leave `verify` out, because its own `rawBody` would take its place.
  app.useBodyParser('json', { limit: BODY_LIMIT, verify: verifyBody } as object);
  app.disable('x-powered-by');
  app.useGlobalFilters(new ProblemFilter());
  const readers = new EventLogServer(platform.log, platform.deadLetters, platform.clock, new Logger('reader'));
  app.connectMicroservice({ strategy: readers }, { inheritAppConfig: false });
  return app;
}
