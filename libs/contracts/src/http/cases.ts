import { z } from 'zod';
import type { AlertView, KeyCategory, Severity } from './alerts.js';
import type { DeadlineView, EvidenceView } from './deadlines.js';
import type { TaskView } from './tasks.js';
import { idField, instantField } from './fields.js';

/** 待交办 · 待签收 · 处置中 · 已回应 · 已办结 · 已归档 · 已并入他单 */
export type CaseState = 'opened' | 'assigned' | 'handling' | 'responded' | 'closed' | 'archived' | 'merged';

/** GET /api/cases?state=&severity=&department=&q=&sort=due|newest&cursor= → Page<CaseView> */
export interface CaseView {
  id: string;
  /** 舆情单号, e.g. 望舆〔2026〕17号 */
  caseNo: string;
  title: string;
  state: CaseState;
  severity: Severity;
  keyCategory: KeyCategory | null;
  topic: { code: string; name: string } | null;
  leadDepartment: { departmentId: string; name: string } | null;
  openedAt: string;
  openedBy: string;
  closedAt: string | null;
  /** The legal clock that runs out next, a reminder where no other runs; null when none runs. */
  nextDeadline: DeadlineView | null;
  overdueCount: number;
  opinionCount: number;
}

/** GET /api/cases/:id */
export interface CaseDetail extends CaseView {
  alert: AlertView;
  storyId: string;
  deadlines: DeadlineView[];
  tasks: TaskView[];
  evidence: EvidenceView[];
  timeline: TimelineEntry[];
  opinions: {
    id: string;
    title: string;
    sourceName: string;
    channel: string;
    url: string | null;
    publishedAt: string | null;
    capturedAt: string;
  }[];
  closingSummary: string | null;
  /** The case it goes on in, and those that go on in it (并案). */
  mergedInto: { id: string; caseNo: string } | null;
  merged: { id: string; caseNo: string; title: string }[];
  evaluation: { text: string; by: string; at: string } | null;
  supervised: { reason: string; by: string; at: string } | null;
  archivedAt: string | null;
  /** A return that is not ruled on yet (管辖争议): who holds it meanwhile, until when, whom to give it. */
  dispute: DisputeView | null;
  /** What this person may do now; where not allowed, why. */
  actions: ActionView[];
}

/** 首接负责: the department that had the case first answers for it until another has it. */
export interface DisputeView {
  returnedBy: string;
  reason: string;
  dueAt: string;
  holder: string;
  suggestions: { departmentId: string; name: string; grounds: string[] }[];
}

export interface ActionView {
  /** relevel · supervise · reopen · merge · split · evaluate · archive · rework · assign · register-evidence · close · acknowledge · return · reply · confirm · false-alarm · seen */
  action: string;
  allowed: boolean;
  /** In Chinese, shown on hover. */
  whyNot: string | null;
}

/** One line of the case's history, oldest first. */
export interface TimelineEntry {
  id: string;
  at: string;
  /** alert.raised · alert.confirmed · alert.false-alarm · case.opened · task.assigned · task.acknowledged · task.returned · task.replied · evidence.registered · deadline.warned · deadline.breached · deadline.met · notice.failed · case.closed … */
  kind: string;
  /** A sentence in Chinese. */
  text: string;
  /** A person's name, or 系统. */
  actor: string;
  detail: Record<string, unknown>;
}

/** POST /api/cases/:id/tasks — 交办. Exactly one lead over the case's life; 409 case-closed. Answers { taskIds }. */
export const assignRequest = z
  .object({
    tasks: z
      .array(
        z
          .object({
            departmentId: z.string().min(1),
            role: z.enum(['lead', 'co']),
            instruction: z.string().trim().min(1).max(4000),
          })
          .strict(),
      )
      .min(1)
      .max(10),
  })
  .strict();
export type AssignRequest = z.infer<typeof assignRequest>;

/** POST /api/cases/:id/evidence — registers proof of publication, which meets the clocks it proves. Answers { evidenceId, metDeadlineIds }. */
export const evidenceRequest = z
  .object({
    kind: z.enum(['statement', 'press-conference']),
    url: z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    publishedAt: instantField,
    note: z.string().trim().min(1).max(4000),
    file: z
      .object({ name: z.string().min(1).max(200), contentBase64: z.string().max(8_000_000) })
      .strict()
      .nullable()
      .default(null),
  })
  .strict();
export type EvidenceRequest = z.input<typeof evidenceRequest>;

/** POST /api/cases/:id/close — 办结. 409 case-has-open-clocks / case-has-open-tasks / already-closed. */
export const closeRequest = z.object({ summary: z.string().trim().min(1).max(4000) }).strict();
export type CloseRequest = z.infer<typeof closeRequest>;

const because = z.string().trim().min(2).max(2000);

/** POST /api/cases/:id/relevel — 升级、降级. Its clocks follow; the start stays. 409 same-level, case-closed. */
export const relevelRequest = z.object({ severity: z.enum(['I', 'II', 'III', 'IV']), reason: because }).strict();
export type RelevelRequest = z.infer<typeof relevelRequest>;

/** POST /api/cases/:id/merge — 并案, into an earlier and at least as grave case. 409 merge-into-older, merge-into-graver. */
export const mergeRequest = z.object({ intoCaseId: idField, reason: because }).strict();
export type MergeRequest = z.infer<typeof mergeRequest>;

/** POST /api/cases/:id/supervise (supervisor), /reopen, /split; POST /api/tasks/:id/rework. POST /api/cases/:id/archive has no body. */
export const becauseRequest = z.object({ reason: because }).strict();
export type BecauseRequest = z.infer<typeof becauseRequest>;

/** POST /api/cases/:id/evaluate — 回应效果评估, meets OP-15. */
export const evaluateRequest = z.object({ text: z.string().trim().min(10).max(4000) }).strict();
export type EvaluateRequest = z.infer<typeof evaluateRequest>;
