import { z } from 'zod';
import type { SourceAlarm, SourceCause } from '../events/source-reported.v1.js';
import type { SourceTrialResult } from '../events/source-tried.v1.js';
import { channel } from '../events/opinion-collected.v1.js';
import { sourceSetting, SOURCE_KINDS, type SourceSetting } from '../source-setting.js';
import type { Page } from './problem.js';

/** Why a source is out of order, in an officer's words. */
export const SOURCE_CAUSE_WORDS: Record<SourceCause, string> = {
  unreachable: '连不上',
  timeout: '响应超时',
  certificate: '证书问题',
  blocked: '疑似被拦截',
  gone: '地址失效',
  'too-large': '内容过大',
  unreadable: '内容损坏',
  'layout-changed': '疑似改版',
  empty: '列表为空',
  encoding: '疑似乱码',
  quiet: '久无新内容',
  'not-collecting': '本系统未采集',
  paused: '已暂停',
};

export type SourceState = 'ok' | 'failing' | 'silent' | 'paused';

/** A source and where it stands. */
export interface SourceView {
  sourceId: string;
  name: string;
  kind: string;
  channel: string;
  url: string | null;
  state: SourceState;
  lastPolledAt: string | null;
  lastSuccessAt: string | null;
  lastNewItemAt: string | null;
  nextPollAt: string | null;
  consecutiveFailures: number;
  error: string | null;
  itemsTotal: number;
  /** What is probably the matter. */
  cause: SourceCause | null;
  /** Out of order so that staff were told. */
  alarm: SourceAlarm | null;
  expectedEverySeconds: number | null;
  /** Polls that brought something new per hour, 48 hours, oldest first; the last is the hour of `arrivalsAt`. */
  arrivals: number[];
  arrivalsAt: string;
}

/** A span in which a source was not seen; `to` null while it lasts. */
export interface UnseenView {
  from: string;
  to: string | null;
  cause: SourceCause;
}

/** One line of the list of sources, with its coverage of the last 7 days. */
export interface SourceLine extends SourceView {
  /** 168 hours from `from` on, one sign each: . seen, u unseen, p paused, n not collected by us, - never read. */
  coverage: { from: string; hours: string };
}

/** GET /api/sources?q=&state=&channel=&kind=&cursor= : failing and silent ones first. */
export interface SourcePage extends Page<SourceLine> {
  /** Of all sources, whatever is asked for. */
  counts: Record<SourceState | 'all', number>;
}

/** GET /api/sources/:id */
export interface SourceDetail extends SourceLine {
  setting: SourceSetting | null;
  /** The spans of the last 7 days in which it was not seen. */
  unseen: UnseenView[];
  /** Hours of the last 7 days in which it was not seen. */
  unseenHours: number;
  history: { at: string; who: string; action: string; text: string }[];
  /** Whether this person may change it. */
  mayEdit: boolean;
}

/** POST /api/sources; without an id one is made of the address. 409 source-known. 400 names the field. */
export const createSourceRequest = z.object({ id: z.string().optional() }).loose();
/** POST /api/sources/:id changes it, POST /api/sources answers { sourceId }. The whole setting is sent. */
export const saveSourceRequest = sourceSetting;
export type SaveSourceRequest = z.input<typeof sourceSetting>;

/** POST /api/sources/:id/act: poll now, pause, resume; remove takes it off the list for good, its past stays. */
export const sourceAct = z.object({ act: z.enum(['poll', 'pause', 'resume', 'remove']) }).strict();
export type SourceAct = z.output<typeof sourceAct>['act'];

/** POST /api/sources/trials reads a setting once, for looking; GET /api/sources/trials/:id until `result` is there. */
export interface SourceTrialView {
  trialId: string;
  askedAt: string;
  result: SourceTrialResult | null;
}

/** POST /api/sources/import: what a file holds, and with `apply` puts what is good of it on the list. */
export const importSourcesRequest = z
  .object({
    format: z.enum(['opml', 'csv']),
    /** The file, base64: spreadsheets in China save GBK. */
    content: z.base64().max(8_000_000),
    apply: z.boolean().default(false),
  })
  .strict();
export type ImportSourcesRequest = z.input<typeof importSourcesRequest>;

export interface ImportedSource {
  /** Of the file, counted from 1. */
  line: number;
  name: string;
  url: string | null;
  /** new: will be added; changed: known, with another setting; known: as it is; bad: cannot be used. */
  outcome: 'new' | 'changed' | 'known' | 'bad';
  /** In Chinese, for bad. */
  faults: string[];
}
export interface SourceImport {
  applied: boolean;
  counts: Record<ImportedSource['outcome'], number>;
  rows: ImportedSource[];
}

/** GET /api/sources filters. */
export const sourceKinds = z.enum(SOURCE_KINDS);
export const sourceStates = z.enum(['ok', 'failing', 'silent', 'paused']);
export const sourceChannels = channel;
