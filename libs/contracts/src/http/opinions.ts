import type { Judgement } from '../events/opinion-classified.v1.js';
import type { Severity } from './alerts.js';

/**
 * GET /api/opinions?q=&channel=&topic=&department=&severity=&verdict=flagged|not-flagged&source=&from=&to=&sort=newest|relevance&cursor=
 * → Page<OpinionView>. The same filters with /api/opinions.csv give a UTF-8 CSV with BOM.
 */
export interface OpinionView {
  id: string;
  title: string;
  snippet: string;
  sourceId: string;
  sourceName: string;
  channel: string;
  url: string | null;
  publishedAt: string | null;
  capturedAt: string;
  flagged: boolean;
  severity: Severity | null;
  topic: { code: string; name: string } | null;
  leadDepartment: { departmentId: string; name: string } | null;
  storyId: string;
  storySize: number;
  alertId: string | null;
  caseId: string | null;
}

/** GET /api/opinions/:id */
export interface OpinionDetail extends OpinionView {
  text: string;
  author: string | null;
  sha256: string;
  revision: number;
  orderNo: string | null;
  judgement: Judgement;
  relation: 'first' | 'exact' | 'near';
  similarity: number;
  siblings: { id: string; title: string; sourceName: string; capturedAt: string }[];
  /** Why an alert was raised, joined or not raised. */
  alertDecision: { outcome: 'raised' | 'joined' | 'none'; reason: string };
}

/** GET /api/filters: what the filters may offer. */
export interface FilterChoices {
  channels: { value: string; label: string }[];
  topics: { code: string; name: string }[];
  departments: { id: string; name: string }[];
  sources: { id: string; name: string }[];
}
