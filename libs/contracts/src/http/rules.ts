import { z } from 'zod';
import type { MovedClock } from './calendar.js';

/** A deadline rule in one version. */
export interface RuleView {
  id: string;
  version: string;
  name: string;
  jurisdiction: 'national' | 'province' | 'city';
  isInForce: boolean;
  /** False for a sample of another place: it starts no clock. */
  isAdopted: boolean;
  matters: string[];
  severities: string[];
  /** In words: 首次发现、事件发生，取早者 */
  startsFrom: string;
  /** 5小时 · 3个工作日 */
  length: string;
  cutoff: string | null;
  owner: string;
  /** In words, e.g. 50%、80% · 剩1个工作日 09:00 */
  warnings: string[];
  pausableFor: string[];
  extension: string | null;
  document: string;
  clause: string | null;
  certainty: string;
  effectiveFrom: string;
  effectiveUntil: string | null;
  text: string;
  /** Open clocks stamped by this version. */
  openClockCount: number;
}

export interface StandardView {
  id: string;
  name: string;
  measure: string;
  isAdopted: boolean;
  owner: string;
  document: string;
  clause: string | null;
  certainty: string;
  text: string;
}

/** GET /api/rules */
export interface RulesView {
  rules: RuleView[];
  standards: StandardView[];
  /** What the city entered on the console, laid over its file; null where nothing was. */
  supplement: { yaml: string; enteredAt: string; enteredBy: string } | null;
  /** Open clocks stamped by a rule that has been changed since. */
  outdatedClockCount: number;
  basis: string;
}

/** POST /api/rules/preview (administrator): what would come of a supplement; changes nothing. `yaml` = null looks at the rules as they are. */
export const rulesPreviewRequest = z.object({ yaml: z.string().max(200_000).nullable() }).strict();
export type RulesPreviewRequest = z.infer<typeof rulesPreviewRequest>;
export interface RulesPreview {
  /** `line 4: rules.0.length: …`; while there is one nothing can be confirmed. */
  faults: string[];
  changes: { ruleId: string; name: string; before: string | null; after: string | null }[];
  /** The first hundred clocks; `clockCount` has all. */
  clocks: MovedClock[];
  clockCount: number;
  basis: string;
}

/** POST /api/rules (administrator): enters a supplement; with `moveClocks` open clocks move. 400 with faults; 409 rules-changed. */
export const rulesChangeRequest = z
  .object({ yaml: z.string().max(200_000).nullable(), moveClocks: z.boolean(), basis: z.string() })
  .strict();
export type RulesChangeRequest = z.infer<typeof rulesChangeRequest>;
