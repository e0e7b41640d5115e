import { termsOf, type Reason } from '../marks/highlight.js';

/** The reasons of a judgement, each with the words it rests on. */
export function ReasonList({ reasons, onPoint }: { reasons: readonly Reason[]; onPoint?: (index: number | null) => void }) {
  if (reasons.length === 0) return <p className="quiet small">没有可说明的依据。</p>;
  return (
    <ul className="reasons">
      {reasons.map((reason, index) => (
        <li key={index} className="reason" onMouseEnter={() => onPoint?.(index)} onMouseLeave={() => onPoint?.(null)}>
          {reason.text}
          {reason.matches.length > 0 && <span className="reason-terms">词：{termsOf(reason).join('、')}</span>}
        </li>
      ))}
    </ul>
  );
}
