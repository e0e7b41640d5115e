/** What the standalone program uses of this app. */
export { PeopleDesk, type AccountSeed, type Actor } from './accounts/index.js';
export { AlertDesk } from './alerting/index.js';
export { CaseDesk } from './cases/index.js';
export { CaseworkDesk } from './casework/index.js';
export { CityBook } from './city/index.js';
export { DeadlineEngine, ExtensionDesk } from './deadlines/index.js';
export { DocumentDesk } from './documents/index.js';
export { DutyDesk } from './duty/index.js';
export { EscalationEngine } from './escalating/index.js';
export { EvidenceDesk } from './evidence/index.js';
export { ResponseWorkflowModule, type ResponseWorkflowOptions } from './response-workflow.module.js';
export { ReviewDesk } from './reviews/index.js';
export { SchemeDesk } from './schemes/index.js';
export { KnowledgeDesk } from './knowledge/index.js';
export { ThresholdDesk } from './thresholds/index.js';
export { StatementDesk } from './statements/index.js';
export { AssignmentDesk, TaskDesk } from './tasks/index.js';
export { OrderDesk } from './orders/index.js';
