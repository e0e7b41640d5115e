import { CreateLog1763880000000 } from './1763880000000-create-log.js';
import { CreateCollector1763880001000 } from './1763880001000-create-collector.js';
import { CreateClassifier1763880002000 } from './1763880002000-create-classifier.js';
import { CreateWorkflow1763880003000 } from './1763880003000-create-workflow.js';
import { LetSearchWordsWait1763880006000 } from './1763880006000-let-search-words-wait.js';
import { SealAudit1795707514915 } from './1795707514915-seal-audit.js';
import { LetClocksPause1795708066163 } from './1795708066163-let-clocks-pause.js';
import { KeepStatements1795708233203 } from './1795708233203-keep-statements.js';
import { CreateGate1795708938847 } from './1795708938847-create-gate.js';
import { LetSourcesBeEdited1795709426471 } from './1795709426471-let-sources-be-edited.js';
import { AddHotlinePull1795710303331 } from './1795710303331-add-hotline-pull.js';
import { KeepAuditor1795710321579 } from './1795710321579-keep-auditor.js';
import { KeepCaseWork1795710550391 } from './1795710550391-keep-case-work.js';
import { KeepModels1795710815539 } from './1795710815539-keep-models.js';
import { AddHotlineDesk1795711050180 } from './1795711050180-add-hotline-desk.js';
import { CreateKeywordSchemes1795711238606 } from './1795711238606-create-keyword-schemes.js';
import { LetClocksBeOfAnything1795718767590 } from './1795718767590-let-clocks-be-of-anything.js';
import { ReachPeople1795719032502 } from './1795719032502-reach-people.js';
import { AskForLaterEnds1795719156862 } from './1795719156862-ask-for-later-ends.js';
import { RememberMatters1795720017215 } from './1795720017215-remember-matters.js';
import { StoreLongValuesAsTheyAre1795719213643 } from './1795719213643-store-long-values-as-they-are.js';
import { CreateWorkOrders1795719025314 } from './1795719025314-create-work-orders.js';
import { LetMoreSearchWordsWait1795720613143 } from './1795720613143-let-more-search-words-wait.js';
import { UsePolicyDocuments1795719960740 } from './1795719960740-use-policy-documents.js';
import { KeepEscalations1795720564984 } from './1795720564984-keep-escalations.js';
import { TellSurgesOnce1795720844331 } from './1795720844331-tell-surges-once.js';
import { KeepDuty1795722081084 } from './1795722081084-keep-duty.js';
import { CreateOrderDoors1795721510135 } from './1795721510135-create-order-doors.js';
import { CreateReconciliations1795723482979 } from './1795723482979-create-reconciliations.js';
import { KeepReportIssues1795723900433 } from './1795723900433-keep-report-issues.js';
import { LeaseDeliveries1795731637003 } from './1795731637003-lease-deliveries.js';
import { ScheduleReports1795731907339 } from './1795731907339-schedule-reports.js';
import { RememberSourceHabits1795732296323 } from './1795732296323-remember-source-habits.js';
import { SendReports1795732773810 } from './1795732773810-send-reports.js';
import { CreateThresholds1795732819417 } from './1795732819417-create-thresholds.js';
import { CheckArticlesAgain1795734536439 } from './1795734536439-check-articles-again.js';
import { CreateKnowledge1795734466769 } from './1795734466769-create-knowledge.js';
import { SpareWrites1795733772180 } from './1795733772180-spare-writes.js';
import { PartOpenClocksOfOrders1795735272233 } from './1795735272233-part-open-clocks-of-orders.js';
import { TellWhyCallbacksWereSkipped1795735650393 } from './1795735650393-tell-why-callbacks-were-skipped.js';
import { EndDocuments1795747078640 } from './1795747078640-end-documents.js';
import { KeepApiKeys1795746922577 } from './1795746922577-keep-api-keys.js';
import { HalveStoryTerms1795761081912 } from './1795761081912-halve-story-terms.js';
import { KeepChannelSecrets1795748724174 } from './1795748724174-keep-channel-secrets.js';
import { KeepInvestigations1795760899469 } from './1795760899469-keep-investigations.js';
import { KeepRumours1795763778719 } from './1795763778719-keep-rumours.js';
import { LookAtWhatIsOpen1795770591153 } from './1795770591153-look-at-what-is-open.js';
import { NumberStatesOfDuty1795771915997 } from './1795771915997-number-states-of-duty.js';
import { FindDeadLetters1795809300000 } from './1795809300000-find-dead-letters.js';

/** In order of time. A new migration is a file beside these and a line here. */
export const MIGRATIONS = [
  CreateLog1763880000000,
  CreateCollector1763880001000,
  CreateClassifier1763880002000,
  CreateWorkflow1763880003000,
  LetSearchWordsWait1763880006000,
  SealAudit1795707514915,
  LetClocksPause1795708066163,
  KeepStatements1795708233203,
  CreateGate1795708938847,
  LetSourcesBeEdited1795709426471,
  AddHotlinePull1795710303331,
  KeepAuditor1795710321579,
  KeepCaseWork1795710550391,
  KeepModels1795710815539,
  AddHotlineDesk1795711050180,
  CreateKeywordSchemes1795711238606,
  LetClocksBeOfAnything1795718767590,
  ReachPeople1795719032502,
  AskForLaterEnds1795719156862,
  StoreLongValuesAsTheyAre1795719213643,
  CreateWorkOrders1795719025314,
  RememberMatters1795720017215,
  LetMoreSearchWordsWait1795720613143,
  UsePolicyDocuments1795719960740,
  KeepEscalations1795720564984,
  TellSurgesOnce1795720844331,
  KeepDuty1795722081084,
  CreateOrderDoors1795721510135,
  CreateReconciliations1795723482979,
  KeepReportIssues1795723900433,
  LeaseDeliveries1795731637003,
  ScheduleReports1795731907339,
  RememberSourceHabits1795732296323,
  SendReports1795732773810,
  CreateThresholds1795732819417,
  CheckArticlesAgain1795734536439,
  CreateKnowledge1795734466769,
  SpareWrites1795733772180,
  PartOpenClocksOfOrders1795735272233,
  TellWhyCallbacksWereSkipped1795735650393,
  EndDocuments1795747078640,
  KeepApiKeys1795746922577,
  KeepChannelSecrets1795748724174,
  KeepInvestigations1795760899469,
  HalveStoryTerms1795761081912,
  KeepRumours1795763778719,
  LookAtWhatIsOpen1795770591153,
  NumberStatesOfDuty1795771915997,
  FindDeadLetters1795809300000,
];
