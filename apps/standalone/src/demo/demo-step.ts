import type { EvidenceRequest, HotlineRecordInput, KeyCategory, Severity } from '@huiying/contracts/http';
import type { DocumentStep } from './policies.js';

/** One item as a site publishes it. `guid` and `link` are what a feed reader recognises it by. */
export interface DemoItem {
  guid: string;
  /** Path on the demo's own site, e.g. /news/2011; the feed prints it with the site's origin. */
  path: string;
  title: string;
  /** Plain text; paragraphs are parted by a newline. */
  text: string;
  author: string | null;
  publishedAt: Date;
}

/** An item or call may start or feed a story; `storyKey` names the opinion by which the story's alert is found. */
interface Opinion {
  at: Date;
  /** Set on the one opinion that starts a scripted story. */
  storyKey?: string;
}
export interface HotlineStep extends Opinion {
  kind: 'hotline';
  record: HotlineRecordInput;
}
export interface FeedItemStep extends Opinion {
  kind: 'feed-item';
  sourceId: string;
  item: DemoItem;
}

/** What an officer or a department does; `by` is a username of people.ts. */
interface Act {
  at: Date;
  storyKey: string;
  by: string;
}
export interface AssignedTask {
  departmentId: string;
  role: 'lead' | 'co';
  instruction: string;
}
export type ActStep =
  | (Act & { kind: 'see-alert' })
  | (Act & { kind: 'confirm-alert'; severity: Severity; keyCategory: KeyCategory; reason: string; occurredAt: Date | null })
  | (Act & { kind: 'false-alarm'; reason: string })
  | (Act & { kind: 'assign'; tasks: AssignedTask[] })
  | (Act & { kind: 'acknowledge'; departmentId: string })
  | (Act & { kind: 'return'; departmentId: string; reason: string; suggestedDepartmentId: string | null })
  | (Act & { kind: 'reply'; departmentId: string; text: string; evidence: DemoEvidence | null })
  | (Act & { kind: 'evidence'; evidence: DemoEvidence })
  | (Act & { kind: 'work'; work: DemoWork })
  | (Act & { kind: 'close'; summary: string });

/** What is done on a case beside its tasks; of statements the case's latest is meant. */
export type DemoWork =
  | { do: 'draft-statement'; title: string; text: string }
  | { do: 'submit-statement' }
  | { do: 'clear-statement' | 'approve-statement'; note: string | null }
  | { do: 'publish-statement'; evidence: DemoEvidence }
  | { do: 'plan-conference'; plannedFor: Date; place: string; spokesperson: string }
  | { do: 'waive-conference'; reason: string }
  | { do: 'find-rumour'; claim: string; finding: string; departmentId: string; isReferred: boolean }
  | { do: 'clarify-rumour'; evidence: Omit<DemoEvidence, 'kind'> }
  | { do: 'begin-investigation'; team: string; departmentId: string; paper: Omit<DemoEvidence, 'kind'> }
  | { do: 'analyse'; nature: string; trend: string; risks: string; proposal: string }
  | { do: 'ask-evaluation-extension'; days: number; reason: string }
  | { do: 'approve-extension'; note: string }
  | { do: 'pause-evaluation'; ground: string; reason: string }
  | { do: 'promise'; text: string; departmentId: string; dueOn: string; source: string };

/** Proof of publication; `path` is a page of the demo's site and becomes EvidenceRequest.url with the site's origin. */
export interface DemoEvidence {
  kind: EvidenceRequest['kind'];
  path: string;
  publishedAt: Date;
  note: string;
}

/** One thing that happened in the demo city, at its time. A loader plays them in order through the real services. */
export type DemoStep = HotlineStep | FeedItemStep | ActStep | DocumentStep;

/** The body of POST /api/cases/:id/evidence (or of a reply's evidence) for a demo proof. */
export function evidenceRequest(evidence: DemoEvidence, origin: string): EvidenceRequest {
  const { kind, path, publishedAt, note } = evidence;
  return { kind, url: `${origin}${path}`, publishedAt: publishedAt.toISOString(), note };
}
