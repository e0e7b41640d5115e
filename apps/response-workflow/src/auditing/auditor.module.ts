import { Module } from '@nestjs/common';
import { ENVIRONMENT } from '@huiying/platform';
import type { Environment } from '@huiying/settings';
import { CityBook, LawKeeper } from '../city/index.js';
import { DeadlineBook, DeadlineEngine, DeadlineMover } from '../deadlines/index.js';
import { DutyDesk } from '../duty/index.js';
import { EscalationBook, EscalationEngine } from '../escalating/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { AuditorLoop } from './auditor-loop.js';
import { EscalationAuditor } from './escalation-auditor.js';
import { Auditor } from './auditor.js';

/** What the auditor needs when it is a process of its own: no HTTP, no readers of the log. */
@Module({
  providers: [
    { provide: CityBook, inject: [ENVIRONMENT], useFactory: (environment: Environment) => CityBook.read(environment.configFolder) },
    ...[
      WorkflowStore,
      LawKeeper,
      DutyDesk,
      DeadlineBook,
      DeadlineMover,
      DeadlineEngine,
      EscalationBook,
      EscalationEngine,
      EscalationAuditor,
      Auditor,
      AuditorLoop,
    ],
  ],
})
export class AuditorModule {}
