import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { alertQuery } from '../api/queries.js';
import { lightUp } from '../marks/highlight.js';
import { LitText } from '../marks/lit-text.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { aspectView, type Aspect } from './aspects.js';
import { ReasonList } from './reason-list.js';

/** Why one thing of an alert was judged so, with the words lit. */
export default function WhyAlert({ alertId, aspect }: { alertId: string; aspect: Aspect }) {
  const { data: alert, error, refetch } = useQuery(alertQuery(alertId));
  if (error !== null && alert === undefined) return <Failure error={error} what="研判依据" onRetry={() => void refetch()} />;
  if (alert === undefined) return <Loading lines={3} />;
  const view = aspectView(alert.judgement, aspect);
  return (
    <div data-testid="why-alert">
      <p>
        <span className="quiet">{view.question}：</span>
        <b>{view.verdict}</b>
      </p>
      <ReasonList reasons={view.reasons} />
      <p className="why-excerpt">
        <LitText stretches={lightUp(alert.judgedOpinion.title, view.reasons, 'title')} />
      </p>
      <p className="small quiet">
        研判依据版本 {alert.judgement.judgedBy} · <Link to={`/alerts/${alertId}`}>看全部依据</Link>
      </p>
    </div>
  );
}
