import type { Stretch } from './highlight.js';

/** A text with the words lit that a judgement rests on; `active` dims the others. */
export function LitText({ stretches, active = null }: { stretches: readonly Stretch[]; active?: number | null }) {
  return (
    <>
      {stretches.map((stretch, at) =>
        stretch.reasons.length === 0 ? (
          <span key={at}>{stretch.text}</span>
        ) : (
          <mark key={at} className={active !== null && !stretch.reasons.includes(active) ? 'lit lit-faint' : 'lit'}>
            {stretch.text}
          </mark>
        ),
      )}
    </>
  );
}
