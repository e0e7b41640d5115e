import type { AlertState, CaseState, SourceView, StatementState, TaskState } from '@huiying/contracts/http';
import { ALERT_STATE_WORDS, CASE_STATE_WORDS, SOURCE_STATE_WORDS, STATEMENT_STATE_WORDS, TASK_STATE_WORDS } from './labels.js';

/** How far along: nothing done yet, under way, done, set aside, wrong. The sign stands beside the word, never colour alone. */
export type Look = 'waiting' | 'moving' | 'done' | 'aside' | 'wrong';

const ALERT_LOOKS: Record<AlertState, Look> = {
  open: 'waiting',
  seen: 'moving',
  confirmed: 'done',
  'false-alarm': 'aside',
  merged: 'aside',
};
const CASE_LOOKS: Record<CaseState, Look> = {
  opened: 'waiting',
  assigned: 'waiting',
  handling: 'moving',
  responded: 'moving',
  closed: 'done',
  archived: 'done',
  merged: 'aside',
};
const TASK_LOOKS: Record<TaskState, Look> = {
  assigned: 'waiting',
  acknowledged: 'moving',
  returned: 'wrong',
  replied: 'done',
  closed: 'done',
};
const SOURCE_LOOKS: Record<SourceView['state'], Look> = { ok: 'done', failing: 'wrong', silent: 'wrong', paused: 'aside' };

const STATEMENT_LOOKS: Record<StatementState, Look> = {
  draft: 'waiting',
  review: 'moving',
  cleared: 'moving',
  approved: 'moving',
  published: 'done',
  withdrawn: 'aside',
};

export function StateTag({ look, word, state }: { look: Look; word: string; state: string }) {
  return (
    <span className={`state state-${look}`} data-testid="state-tag" data-state={state}>
      <span className="state-sign" aria-hidden="true" />
      {word}
    </span>
  );
}

export const AlertStateTag = ({ state }: { state: AlertState }) => (
  <StateTag look={ALERT_LOOKS[state]} word={ALERT_STATE_WORDS[state]} state={state} />
);
export const CaseStateTag = ({ state }: { state: CaseState }) => (
  <StateTag look={CASE_LOOKS[state]} word={CASE_STATE_WORDS[state]} state={state} />
);
export const TaskStateTag = ({ state }: { state: TaskState }) => (
  <StateTag look={TASK_LOOKS[state]} word={TASK_STATE_WORDS[state]} state={state} />
);
export const SourceStateTag = ({ state }: { state: SourceView['state'] }) => (
  <StateTag look={SOURCE_LOOKS[state]} word={SOURCE_STATE_WORDS[state]} state={state} />
);
export const StatementStateTag = ({ state }: { state: StatementState }) => (
  <StateTag look={STATEMENT_LOOKS[state]} word={STATEMENT_STATE_WORDS[state]} state={state} />
);
