import { z } from 'zod';
import { sourceSetting } from '../source-setting.js';
import { channel } from './opinion-collected.v1.js';
import { envelope, instant } from './envelope.js';

/**
 * What is probably the matter with a source. unreachable, timeout: no answer; certificate: HTTPS; blocked: refused, or a firewall in between;
 * gone: 404, 410; too-large; unreadable: what came is damaged; layout-changed: what came is no longer laid out as it was; empty: nothing in it;
 * encoding: its characters cannot be read; quiet: it answers as ever, with nothing new; not-collecting: we did not look; paused: by staff.
 */
export const SOURCE_CAUSES = [
  'unreachable',
  'timeout',
  'certificate',
  'blocked',
  'gone',
  'too-large',
  'unreadable',
  'layout-changed',
  'empty',
  'encoding',
  'quiet',
  'not-collecting',
  'paused',
] as const;
export const sourceCause = z.enum(SOURCE_CAUSES);
export type SourceCause = z.infer<typeof sourceCause>;

/** A source is out of order: staff are told once for each `since`. */
export const sourceAlarm = z.object({
  since: instant,
  cause: sourceCause,
  /** One sentence in Chinese, e.g. 已静默 6 小时，按往常约每 40 分钟有新内容. */
  said: z.string(),
});
export type SourceAlarm = z.infer<typeof sourceAlarm>;

/**
 * The health of a source (信源) after a poll or an intake. Topic source.reported, key sourceId. v1 2026-11 first form.
 */
export const sourceReportedV1 = envelope.extend({
  type: z.literal('source.reported'),
  version: z.literal(1),
  data: z.object({
    sourceId: z.string(),
    name: z.string(),
    /** feed, page, json or hotline. */
    kind: z.string(),
    channel,
    url: z.string().nullable(),
    /** ok, failing (last poll failed), silent (nothing new for far longer than usual), paused. */
    state: z.enum(['ok', 'failing', 'silent', 'paused']),
    lastPolledAt: instant.nullable(),
    lastSuccessAt: instant.nullable(),
    lastNewItemAt: instant.nullable(),
    nextPollAt: instant.nullable(),
    consecutiveFailures: z.int(),
    /** In words, from the last failed poll. */
    error: z.string().nullable(),
    itemsTotal: z.int(),
    /** What is the matter, null while nothing is. */
    cause: sourceCause.nullable().optional(),
    alarm: sourceAlarm.nullable().optional(),
    /** Seconds between two arrivals in the hours in which the source is active; null while that is not known. */
    expectedEverySeconds: z.int().nullable().optional(),
    /** Polls that brought something new in each of the last 48 hours, oldest first; the last is the hour of occurredAt. */
    arrivals: z.array(z.int()).optional(),
    /** As staff laid it down; on the console it may be changed. */
    setting: sourceSetting.optional(),
    /** Taken off the list for good; it is not shown any more. */
    removed: z.boolean().optional(),
  }),
});
export type SourceReportedV1 = z.infer<typeof sourceReportedV1>;
