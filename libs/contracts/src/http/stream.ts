import type { Severity } from './alerts.js';

/**
 * GET /api/stream?after=POSITION (server-sent events). Each `change` has the position as its id, so the browser's
 * Last-Event-ID catches up what a lost connection missed. `ping` every 15 s carries { serverTime }.
 */
export interface ChangeMessage {
  position: string;
  at: string;
  /** As TimelineEntry.kind, plus opinion.classified (bundled once a second with a count) and source.reported. */
  kind: string;
  subject: {
    kind:
      | 'alert'
      | 'case'
      | 'task'
      | 'deadline'
      | 'source'
      | 'opinion'
      | 'story'
      | 'statement'
      | 'commitment'
      | 'document'
      | 'scheme'
      | 'model'
      | 'order'
      | 'report';
    id: string;
  };
  caseId: string | null;
  departmentId: string | null;
  severity: Severity | null;
  title: string;
  text: string;
}

/** SSE event `notice`: something this person must be told now (sound for urgent). */
export interface NoticeMessage {
  id: string;
  at: string;
  urgency: 'normal' | 'urgent';
  title: string;
  body: string;
  link: string;
}

/** GET /api/notices?unread=true → Page<NoticeView>; POST /api/notices/:id/read; POST /api/notices/read-all. */
export interface NoticeView extends NoticeMessage {
  readAt: string | null;
  /** When the person said that they know (确认), here or by the link in a message. */
  acknowledgedAt: string | null;
  deliveries: NoticeDelivery[];
}

/** held = until the end of quiet hours; skipped = another channel reached the person first. */
export type DeliveryWord = 'pending' | 'held' | 'accepted' | 'retrying' | 'refused' | 'skipped';

export interface NoticeDelivery {
  channel: string;
  channelName: string;
  state: DeliveryWord;
  at: string | null;
  detail: string | null;
}
