import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { Link } from 'react-router';
import { opinionQuery } from '../api/queries.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { OpinionSheet } from './opinion-sheet.js';

/** One opinion beside the list, so that the reader keeps the place. */
export function OpinionDrawer({ id, onClose, onMove }: { id: string; onClose: () => void; onMove: (id: string) => void }) {
  const { data: opinion, error, refetch } = useQuery(opinionQuery(id));
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(760px, 100vw)"
      title="舆情详情"
      extra={
        <Link to={`/opinions/${id}`} className="drawer-extra">
          单独打开
        </Link>
      }
      data-testid="opinion-drawer"
    >
      {opinion !== undefined ? (
        <OpinionSheet opinion={opinion} onMove={onMove} />
      ) : error === null ? (
        <Loading />
      ) : (
        <Failure error={error} what="这条舆情" onRetry={() => void refetch()} />
      )}
    </Drawer>
  );
}
