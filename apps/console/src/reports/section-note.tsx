import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ReportIssueView } from '@huiying/contracts/http';
import { useStep } from '../api/use-step.js';
import { REPORT_TOUCHES, reportSteps } from './report-queries.js';

/** 编者按 at the end of a section: a person's words, told apart from the system's. */
export function SectionNote({ issue, heading }: { issue: ReportIssueView; heading: string }) {
  const kept = issue.notes.find((note) => note.heading === heading)?.text ?? '';
  const [draft, setDraft] = useState<string | null>(null);
  const mayEdit = issue.actions.some(({ action, allowed }) => action === 'edit' && allowed);
  const save = useStep({
    run: (text: string) => {
      const others = issue.notes.filter((note) => note.heading !== heading);
      return reportSteps.notes(issue.id, text.trim() === '' ? others : [...others, { heading, text: text.trim() }]);
    },
    done: '已保存',
    touches: REPORT_TOUCHES,
    onDone: () => setDraft(null),
  });
  if (draft !== null)
    return (
      <div className="report-note no-print">
        <Input.TextArea
          autoFocus
          autoSize={{ minRows: 2, maxRows: 8 }}
          value={draft}
          maxLength={4000}
          onChange={({ target }) => setDraft(target.value)}
          aria-label={`${heading}的编者按`}
        />
        <div className="sheet-acts">
          <Button size="small" type="primary" loading={save.isPending} onClick={() => save.mutate(draft)} data-testid="note-save">
            保存
          </Button>
          <Button size="small" onClick={() => setDraft(null)}>
            取消
          </Button>
        </div>
      </div>
    );
  return (
    <>
      {kept !== '' && (
        <div className="report-note">
          {kept}
          <span className="report-cite quiet">编者按</span>
        </div>
      )}
      {mayEdit && (
        <button type="button" className="plain-button no-print" onClick={() => setDraft(kept)} data-testid="note-edit">
          {kept === '' ? '加编者按' : '改编者按'}
        </button>
      )}
    </>
  );
}
