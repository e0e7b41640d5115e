import type { DocumentState } from '@huiying/contracts/http';

export const DOCUMENT_STATE_WORDS: Record<DocumentState, string> = {
  drafting: '起草中',
  submitted: '报批中',
  signed: '已签发',
  published: '已公开待解读',
  interpreted: '已解读',
  exempt: '无需解读',
};
export const DOCUMENT_LOOKS = {
  drafting: 'moving',
  submitted: 'moving',
  signed: 'moving',
  published: 'waiting',
  interpreted: 'done',
  exempt: 'aside',
} as const;
export const SYNC_WORDS = { deploy: '同步组织、审签、部署', publish: '同步组织、审签、发布' } as const;
export const DOCUMENT_TOUCHES = ['documents', 'board', 'deadlines', 'knowledge'];
