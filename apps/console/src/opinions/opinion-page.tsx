import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { opinionQuery } from '../api/queries.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { OpinionSheet } from './opinion-sheet.js';

/** One opinion by its own address. */
export default function OpinionPage() {
  const id = useParams().id!;
  const navigate = useNavigate();
  const { data: opinion, error, refetch } = useQuery(opinionQuery(id));
  usePageTitle(opinion?.title ?? '舆情');
  if (opinion === undefined)
    return error === null ? <Loading lines={10} /> : <Failure error={error} what="这条舆情" onRetry={() => void refetch()} />;
  return (
    <div className="sheet sheet-single">
      <p className="crumbs small sheet-head">
        <Link to="/opinions">舆情</Link>
      </p>
      <section className="panel">
        <div className="panel-body">
          <OpinionSheet opinion={opinion} onMove={(other) => void navigate(`/opinions/${other}`)} />
        </div>
      </section>
    </div>
  );
}
