import { useState } from 'react';
import type { AlertDetail } from '@huiying/contracts/http';
import { lightUp, type Reason } from '../marks/highlight.js';
import { LitText } from '../marks/lit-text.js';
import { aspectViews, type AspectView } from './aspects.js';
import { ReasonList } from './reason-list.js';

/** Pointing at what rests on no word leaves the text as it is. */
const hasMatches = ({ reasons }: AspectView) => reasons.some(({ matches }) => matches.length > 0);

/** Every judgement with its reasons under the text; pointing at one lights its own words alone. */
export function JudgementView({ judgement, title, text }: { judgement: AlertDetail['judgement']; title: string; text: string }) {
  const [pointed, setPointed] = useState<{ view: AspectView; index: number | null } | null>(null);
  const views = aspectViews(judgement);
  const shown: Reason[] = pointed === null ? views.flatMap(({ reasons }) => reasons) : pointed.view.reasons;
  const active = pointed?.index ?? null;
  return (
    <div className="judgement" data-testid="judgement">
      <blockquote className="judged-text">
        {title !== '' && (
          <p className="judged-title">
            <LitText stretches={lightUp(title, shown, 'title')} active={active} />
          </p>
        )}
        <p className="reading">
          <LitText stretches={lightUp(text, shown, 'text')} active={active} />
        </p>
      </blockquote>
      <dl className="judgement-aspects">
        {views.map((view) => (
          <div
            key={view.aspect}
            onMouseEnter={() => setPointed(hasMatches(view) ? { view, index: null } : null)}
            onMouseLeave={() => setPointed(null)}
          >
            <dt>{view.question}</dt>
            <dd>
              <b>{view.verdict}</b>
              {view.reasons.length > 0 && (
                <ReasonList reasons={view.reasons} onPoint={(index) => hasMatches(view) && setPointed({ view, index })} />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
