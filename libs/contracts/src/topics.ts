import type { z } from 'zod';
import { alertRaisedV1 } from './events/alert-raised.v1.js';
import { apiKeyChangedV1 } from './events/api-key-changed.v1.js';
import { caseOpenedV1 } from './events/case-opened.v1.js';
import { deadlineBreachedV1 } from './events/deadline-breached.v1.js';
import { deadlineBreachedV2 } from './events/deadline-breached.v2.js';
import { deadlineWarnedV1 } from './events/deadline-warned.v1.js';
import { deadlineWarnedV2 } from './events/deadline-warned.v2.js';
import { hotlineOrderReceivedV1 } from './events/hotline-order-received.v1.js';
import { judgementCorrectedV1 } from './events/judgement-corrected.v1.js';
import { learningAskedV1 } from './events/learning-asked.v1.js';
import { modelReportedV1 } from './events/model-reported.v1.js';
import { noticeRequestedV1 } from './events/notice-requested.v1.js';
import { opinionClassifiedV1 } from './events/opinion-classified.v1.js';
import { opinionCollectedV1 } from './events/opinion-collected.v1.js';
import { schemeChangedV1 } from './events/scheme-changed.v1.js';
import { policyDocumentFoundV1 } from './events/policy-document-found.v1.js';
import { sourceReportedV1 } from './events/source-reported.v1.js';
import { sourceCommandedV1 } from './events/source-commanded.v1.js';
import { sourceTriedV1 } from './events/source-tried.v1.js';
import { sourceUnseenV1 } from './events/source-unseen.v1.js';
import { storyRegroupedV1 } from './events/story-regrouped.v1.js';
import { storyRelatedV1 } from './events/story-related.v1.js';
import { taskAcknowledgedV1 } from './events/task-acknowledged.v1.js';
import { taskAssignedV1 } from './events/task-assigned.v1.js';

/** Every topic of the log. A topic's name is its events' type. */
export const TOPICS = {
  opinionCollected: 'opinion.collected',
  opinionClassified: 'opinion.classified',
  storyRelated: 'story.related',
  storyRegrouped: 'story.regrouped',
  sourceReported: 'source.reported',
  sourceUnseen: 'source.unseen',
  sourceCommanded: 'source.commanded',
  sourceTried: 'source.tried',
  hotlineOrderReceived: 'hotline-order.received',
  policyDocumentFound: 'policy-document.found',
  schemeChanged: 'scheme.changed',
  alertRaised: 'alert.raised',
  caseOpened: 'case.opened',
  taskAssigned: 'task.assigned',
  taskAcknowledged: 'task.acknowledged',
  deadlineWarned: 'deadline.warned',
  deadlineBreached: 'deadline.breached',
  noticeRequested: 'notice.requested',
  judgementCorrected: 'judgement.corrected',
  learningAsked: 'learning.asked',
  modelReported: 'model.reported',
  apiKeyChanged: 'api-key.changed',
} as const;
export type Topic = (typeof TOPICS)[keyof typeof TOPICS];

/** Partitions per topic, for both adapters. A change needs an empty log: the key's partition would move. */
export const PARTITIONS: Record<Topic, number> = {
  'opinion.collected': 8,
  'opinion.classified': 8,
  'story.related': 1,
  'story.regrouped': 1,
  'source.reported': 1,
  'source.unseen': 1,
  'source.commanded': 1,
  'source.tried': 1,
  'hotline-order.received': 8,
  'policy-document.found': 1,
  'scheme.changed': 1,
  'alert.raised': 4,
  'case.opened': 4,
  'task.assigned': 4,
  'task.acknowledged': 4,
  'deadline.warned': 4,
  'deadline.breached': 4,
  'notice.requested': 4,
  'judgement.corrected': 1,
  'learning.asked': 1,
  'model.reported': 1,
  'api-key.changed': 1,
};

/** The schema of each event that today's code reads and writes, by type and version. */
export const CONTRACTS = {
  'opinion.collected': { 1: opinionCollectedV1 },
  'opinion.classified': { 1: opinionClassifiedV1 },
  'story.related': { 1: storyRelatedV1 },
  'story.regrouped': { 1: storyRegroupedV1 },
  'source.reported': { 1: sourceReportedV1 },
  'source.unseen': { 1: sourceUnseenV1 },
  'source.commanded': { 1: sourceCommandedV1 },
  'source.tried': { 1: sourceTriedV1 },
  'hotline-order.received': { 1: hotlineOrderReceivedV1 },
  'policy-document.found': { 1: policyDocumentFoundV1 },
  'scheme.changed': { 1: schemeChangedV1 },
  'alert.raised': { 1: alertRaisedV1 },
  'case.opened': { 1: caseOpenedV1 },
  'task.assigned': { 1: taskAssignedV1 },
  'task.acknowledged': { 1: taskAcknowledgedV1 },
  'deadline.warned': { 1: deadlineWarnedV1, 2: deadlineWarnedV2 },
  'deadline.breached': { 1: deadlineBreachedV1, 2: deadlineBreachedV2 },
  'notice.requested': { 1: noticeRequestedV1 },
  'judgement.corrected': { 1: judgementCorrectedV1 },
  'learning.asked': { 1: learningAskedV1 },
  'model.reported': { 1: modelReportedV1 },
  'api-key.changed': { 1: apiKeyChangedV1 },
} as const satisfies Record<Topic, Record<number, z.ZodType>>;

/** Any event of the log. */
export interface AnyEvent {
  id: string;
  type: string;
  version: number;
  occurredAt: string;
  causedBy: string | null;
  data: unknown;
}
