import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from '@huiying/domain';
import { EventLog } from '@huiying/messaging';
import { Database, DeadLetters } from '@huiying/persistence';
import { ApiKeyRing } from './gate/api-key-ring.js';
import type { Platform } from './platform.js';

/** Token of the frozen Environment. */
export const ENVIRONMENT = Symbol('environment');

/** Gives every service module the same Database, Clock, ring of keys, EventLog, DeadLetters and environment. */
@Global()
@Module({})
export class PlatformModule {
  static of(platform: Platform): DynamicModule {
    const providers = [
      { provide: ENVIRONMENT, useValue: platform.environment },
      { provide: Clock, useValue: platform.clock },
      { provide: Database, useValue: platform.database },
      { provide: EventLog, useValue: platform.log },
      { provide: ApiKeyRing, useValue: new ApiKeyRing(platform.environment, platform.database) },
      { provide: DeadLetters, useValue: platform.deadLetters },
    ];
    return { module: PlatformModule, providers, exports: providers.map((p) => p.provide) };
  }
}
