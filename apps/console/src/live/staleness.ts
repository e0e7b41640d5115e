import type { ChangeMessage } from '@huiying/contracts/http';

/** Query nouns that each kind of subject makes stale. */
const STALE_BY_SUBJECT: Record<ChangeMessage['subject']['kind'], readonly string[]> = {
  alert: ['board', 'alerts', 'escalations'],
  case: ['board', 'cases', 'tasks', 'alerts'],
  task: ['board', 'tasks', 'cases'],
  deadline: ['board', 'cases', 'tasks', 'deadlines', 'extensions', 'documents'],
  source: ['board', 'sources'],
  scheme: ['schemes', 'thresholds'],
  statement: ['statements', 'cases'],
  commitment: ['commitments', 'cases'],
  document: ['documents'],
  model: ['quality'],
  story: ['stories', 'alerts', 'board', 'opinions'],
  order: ['orders'],
  report: ['reports'],
  // Opinions stream in all day: lists offer to reload instead of moving under the reader's eyes.
  opinion: [],
};

/** What a batch of changes makes stale, each noun once. */
export function staleNouns(changes: readonly ChangeMessage[]): string[] {
  return [...new Set(changes.flatMap(({ subject }) => STALE_BY_SUBJECT[subject.kind] ?? []))];
}

/** How many opinions a batch of changes announces: a bundled message carries its count in the text (12 条…). */
export function opinionCount(changes: readonly ChangeMessage[]): number {
  return changes.filter(({ subject }) => subject.kind === 'opinion').reduce((sum, { text }) => sum + Number(/\d+/.exec(text)?.[0] ?? 1), 0);
}

/** True where the person on duty must hear it: a new alert of level I or II. */
export function mustBeHeard({ kind, severity }: ChangeMessage): boolean {
  return kind === 'alert.raised' && (severity === 'I' || severity === 'II');
}
