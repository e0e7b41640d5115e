import { Link } from 'react-router';
import type { CaseDetail } from '@huiying/contracts/http';
import { monthDayTime } from '../time/beijing.js';
import { Folded } from '../states/folded.js';

/** What one must know of a case before anything else: it is pressed for, it goes on elsewhere, what became of it. */
export function CaseNotes({ item }: { item: CaseDetail }) {
  const { supervised, mergedInto, merged, evaluation, closingSummary, state } = item;
  const notes = [
    mergedInto !== null && (
      <>
        本单已并入 <Link to={`/cases/${mergedInto.id}`}>{mergedInto.caseNo}</Link>，请到主单办理。
      </>
    ),
    supervised !== null && (
      <>
        <b className="overdue-word">督办</b> <Folded text={supervised.reason} />（{supervised.by} {monthDayTime(supervised.at)}）
      </>
    ),
    merged.length > 0 && (
      <>
        并入本单：
        {merged.map((one) => (
          <Link key={one.id} to={`/cases/${one.id}`} className="note-link">
            {one.caseNo} {one.title}
          </Link>
        ))}
      </>
    ),
    closingSummary !== null && state !== 'responded' && <Folded text={`办结小结：${closingSummary}`} />,
    evaluation !== null && (
      <>
        <Folded text={`效果评估：${evaluation.text}`} />（{evaluation.by} {monthDayTime(evaluation.at)}）
      </>
    ),
  ].filter((note) => note !== false);
  if (notes.length === 0) return null;
  return (
    <ul className="case-notes" data-testid="case-notes">
      {notes.map((note, at) => (
        <li key={at}>{note}</li>
      ))}
    </ul>
  );
}
