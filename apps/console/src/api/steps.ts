import type {
  AssignRequest,
  ChangeSchemeRequest,
  CloseRequest,
  ConfirmAlertRequest,
  DocumentImport,
  DraftStatementRequest,
  EditStatementRequest,
  EvidenceRequest,
  FalseAlarmRequest,
  ImportDocumentsRequest,
  MergeRequest,
  NewSchemeRequest,
  MergeStoryRequest,
  OrderStepName,
  PublishStatementRequest,
  RelevelRequest,
  ReplyRequest,
  ReturnRequest,
  ReviewRequest,
  SchemeStateRequest,
  SplitStoryRequest,
  StatementChecks,
  ImportSourcesRequest,
  SaveSourceRequest,
  SourceAct,
  SourceImport,
  SourceTrialView,
  TrialRequest,
  TrialResult,
} from '@huiying/contracts/http';
import { ask } from './request.js';

/** Every step a person can take, one line each. */
export const steps = {
  markSeen: (alertId: string) => ask<unknown>('POST', `/api/alerts/${alertId}/seen`),
  confirmAlert: (alertId: string, body: ConfirmAlertRequest) => ask<{ caseId: string }>('POST', `/api/alerts/${alertId}/confirm`, body),
  markFalseAlarm: (alertId: string, body: FalseAlarmRequest) => ask<unknown>('POST', `/api/alerts/${alertId}/false-alarm`, body),
  resendCallbacks: (target: string, orderNo: string | null) =>
    ask<{ resent: number }>('POST', `/api/callbacks/${target}/resend`, { orderNo }),
  repairReconciliation: (client: string, day: string) =>
    ask<{ toldAgain: number; left: number }>('POST', `/api/reconciliations/${client}/${day}/repair`),
  skipCallback: (target: string, orderNo: string, body: object) =>
    ask<{ seq: number }>('POST', `/api/callbacks/${target}/skip`, { ...body, orderNo }),
  /** A step of a work order; the server checks each field and names the faulty one. */
  stepOrder: (orderNo: string, action: OrderStepName, body: object) =>
    ask<{ seq: number }>('POST', `/api/orders/${encodeURIComponent(orderNo)}/${action}`, body),
  assign: (caseId: string, body: AssignRequest) => ask<{ taskIds: string[] }>('POST', `/api/cases/${caseId}/tasks`, body),
  registerEvidence: (caseId: string, body: EvidenceRequest) =>
    ask<{ evidenceId: string; metDeadlineIds: string[] }>('POST', `/api/cases/${caseId}/evidence`, body),
  closeCase: (caseId: string, body: CloseRequest) => ask<unknown>('POST', `/api/cases/${caseId}/close`, body),
  draftStatement: (caseId: string, body: DraftStatementRequest) =>
    ask<{ statementId: string }>('POST', `/api/cases/${caseId}/statements`, body),
  checkStatement: (caseId: string, text: string) => ask<StatementChecks>('POST', `/api/cases/${caseId}/statements/check`, { text }),
  writeStatement: (id: string, step: 'edit' | 'revise', body: EditStatementRequest) =>
    ask<unknown>('POST', `/api/statements/${id}/${step}`, body),
  submitStatement: (id: string) => ask<unknown>('POST', `/api/statements/${id}/submit`),
  noteStatement: (id: string, step: 'clear' | 'approve', note: string | null) =>
    ask<unknown>('POST', `/api/statements/${id}/${step}`, { note }),
  endStatement: (id: string, step: 'send-back' | 'withdraw', reason: string) =>
    ask<unknown>('POST', `/api/statements/${id}/${step}`, { reason }),
  publishStatement: (id: string, body: PublishStatementRequest) =>
    ask<{ evidenceId: string; metDeadlineIds: string[] }>('POST', `/api/statements/${id}/publish`, body),
  /** Bodies as the forms give them: the server checks each field and names the faulty one. */
  conference: (caseId: string, step: 'plan' | 'hold' | 'waive', body: object) =>
    ask<unknown>('POST', `/api/cases/${caseId}/conference/${step}`, body),
  analyse: (caseId: string, body: object) => ask<unknown>('POST', `/api/cases/${caseId}/analysis`, body),
  promise: (caseId: string, body: object) => ask<unknown>('POST', `/api/cases/${caseId}/commitments`, body),
  settleCommitment: (id: string, step: 'keep' | 'drop', body: object) => ask<unknown>('POST', `/api/commitments/${id}/${step}`, body),
  registerDocument: (body: object) => ask<{ documentId: string }>('POST', '/api/documents', body),
  importDocuments: (body: ImportDocumentsRequest) => ask<DocumentImport>('POST', '/api/documents/import', body),
  document: (id: string, step: string, body?: object) => ask<unknown>('POST', `/api/documents/${id}/${step}`, body),
  askExtension: (deadlineId: string, body: object) => ask<unknown>('POST', `/api/deadlines/${deadlineId}/extensions`, body),
  decideExtension: (id: string, step: 'approve' | 'refuse', body: object) => ask<unknown>('POST', `/api/extensions/${id}/${step}`, body),
  withdrawExtension: (id: string) => ask<unknown>('POST', `/api/extensions/${id}/withdraw`),
  pauseClock: (deadlineId: string, body: object) => ask<unknown>('POST', `/api/deadlines/${deadlineId}/pause`, body),
  resumeClock: (deadlineId: string) => ask<unknown>('POST', `/api/deadlines/${deadlineId}/resume`),
  relevel: (caseId: string, body: RelevelRequest) => ask<unknown>('POST', `/api/cases/${caseId}/relevel`, body),
  merge: (caseId: string, body: MergeRequest) => ask<unknown>('POST', `/api/cases/${caseId}/merge`, body),
  because: (caseId: string, step: 'supervise' | 'reopen' | 'split', reason: string) =>
    ask<unknown>('POST', `/api/cases/${caseId}/${step}`, { reason }),
  evaluate: (caseId: string, text: string) => ask<unknown>('POST', `/api/cases/${caseId}/evaluate`, { text }),
  archive: (caseId: string) => ask<unknown>('POST', `/api/cases/${caseId}/archive`),
  rework: (taskId: string, reason: string) => ask<unknown>('POST', `/api/tasks/${taskId}/rework`, { reason }),
  mergeStory: (id: string, body: MergeStoryRequest) => ask<unknown>('POST', `/api/stories/${id}/merge`, body),
  splitStory: (id: string, body: SplitStoryRequest) => ask<{ storyId: string }>('POST', `/api/stories/${id}/split`, body),
  fixStory: (id: string, step: 'fix' | 'unfix', body: { reason: string }) => ask<unknown>('POST', `/api/stories/${id}/${step}`, body),
  undoStoryAct: (actId: string) => ask<unknown>('POST', `/api/stories/acts/${actId}/undo`),
  dismissCandidate: (actId: string) => ask<unknown>('POST', `/api/stories/acts/${actId}/dismiss`),
  acknowledge: (taskId: string) => ask<unknown>('POST', `/api/tasks/${taskId}/acknowledgement`),
  returnTask: (taskId: string, body: ReturnRequest) => ask<unknown>('POST', `/api/tasks/${taskId}/return`, body),
  reply: (taskId: string, body: ReplyRequest) => ask<unknown>('POST', `/api/tasks/${taskId}/reply`, body),
  review: (opinionId: string, body: ReviewRequest) => ask<unknown>('POST', `/api/opinions/${opinionId}/reviews`, body),
  learn: () => ask<unknown>('POST', '/api/judging-quality/learning'),
  useModel: (model: string | null) => ask<unknown>('POST', '/api/judging-quality/model', { model }),
  tryScheme: (body: TrialRequest) => ask<TrialResult>('POST', '/api/schemes/trial', body),
  createScheme: (body: NewSchemeRequest) => ask<{ id: string }>('POST', '/api/schemes', body),
  changeScheme: (id: string, body: ChangeSchemeRequest) => ask<unknown>('POST', `/api/schemes/${id}`, body),
  setSchemeState: (id: string, body: SchemeStateRequest) => ask<unknown>('POST', `/api/schemes/${id}/state`, body),
  readNotice: (noticeId: string) => ask<unknown>('POST', `/api/notices/${noticeId}/read`),
  readAllNotices: () => ask<unknown>('POST', '/api/notices/read-all'),
  createSource: (body: Partial<SaveSourceRequest>) => ask<{ sourceId: string }>('POST', '/api/sources', body),
  saveSource: (id: string, body: SaveSourceRequest) => ask<unknown>('POST', `/api/sources/${encodeURIComponent(id)}`, body),
  actOnSource: (id: string, act: SourceAct) => ask<unknown>('POST', `/api/sources/${encodeURIComponent(id)}/act`, { act }),
  trySource: (body: Partial<SaveSourceRequest>) => ask<SourceTrialView>('POST', '/api/sources/trials', body),
  importSources: (body: ImportSourcesRequest) => ask<SourceImport>('POST', '/api/sources/import', body),
};
