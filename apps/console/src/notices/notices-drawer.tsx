import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { NoticeView } from '@huiying/contracts/http';
import { noticesQuery } from '../api/queries.js';
import { ask } from '../api/request.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { urgentStore } from '../live/urgent-store.js';
import { ownPath } from '../session/way-back.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { Tabs } from '../states/tabs.js';
import { usePages } from '../states/use-pages.js';
import { Ago } from '../time/moment.js';
import { deliveryWords } from './delivery-words.js';

/** What this person was told, unread first, and how it reached them. */
export default function NoticesDrawer({ onClose }: { onClose: () => void }) {
  const [which, setWhich] = useState<'unread' | 'all'>('unread');
  const list = usePages(noticesQuery(which === 'unread' ? 'unread=true' : ''));
  const read = useStep({ run: (notice: NoticeView) => steps.readNotice(notice.id), done: null, touches: ['notices'] });
  const readAll = useStep({
    run: () => steps.readAllNotices(),
    done: '已全部标为已读',
    touches: ['notices'],
    onDone: () => void urgentStore.answer(),
  });
  const unread = list.items?.some(({ readAt }) => readAt === null) ?? false;
  return (
    <Drawer
      open
      onClose={onClose}
      size="min(440px, 100vw)"
      title="通知"
      extra={
        <Button size="small" disabled={!unread} onClick={() => readAll.mutate(undefined)} data-testid="notices-read-all">
          全部已读
        </Button>
      }
      data-testid="notices-drawer"
    >
      <Tabs
        label="范围"
        choices={[
          { value: 'unread', word: '未读' },
          { value: 'all', word: '全部' },
        ]}
        value={which}
        onChange={setWhich}
      />
      {list.items === undefined ? (
        list.error === null ? (
          <Loading />
        ) : (
          <Failure error={list.error} what="通知" onRetry={list.retry} />
        )
      ) : (
        <>
          {list.items.length === 0 && <Empty title={which === 'unread' ? '没有未读通知' : '还没有通知'} />}
          {list.items.map((notice) => (
            <Notice key={notice.id} notice={notice} onRead={() => notice.readAt === null && read.mutate(notice)} onClose={onClose} />
          ))}
          {list.hasMore && (
            <button type="button" className="plain-button" onClick={list.more}>
              更多
            </button>
          )}
        </>
      )}
    </Drawer>
  );
}

/** 确认知悉: what it is about is acknowledged with it. */
function Acknowledge({ notice }: { notice: NoticeView }) {
  const step = useStep({
    run: () => ask<{ said: string | null }>('POST', `/api/notices/${notice.id}/acknowledge`),
    done: ({ said }) => said ?? '已确认知悉',
    touches: ['notices', 'alerts', 'tasks', 'escalations', 'board'],
  });
  return (
    <button type="button" className="plain-button" onClick={() => step.mutate(undefined)} data-testid="acknowledge-notice">
      确认知悉
    </button>
  );
}

function Notice({ notice, onRead, onClose }: { notice: NoticeView; onRead: () => void; onClose: () => void }) {
  return (
    <article className={`notice${notice.readAt === null ? '' : ' notice-read'}`} data-testid="notice">
      <p className="notice-head">
        {notice.urgency === 'urgent' && <span className="notice-urgent">! 紧急</span>}
        <b>
          {ownPath(notice.link) ? (
            <Link to={notice.link} onClick={() => (onRead(), onClose())}>
              {notice.title}
            </Link>
          ) : (
            notice.title
          )}
        </b>
      </p>
      <p>{notice.body}</p>
      <p className="notice-foot">
        <Ago at={notice.at} />
        {notice.deliveries.map((delivery) => (
          <span
            key={delivery.channel}
            className={delivery.state === 'refused' ? 'delivery-refused' : ''}
            title={delivery.detail ?? undefined}
          >
            {deliveryWords(delivery)}
          </span>
        ))}
        {notice.acknowledgedAt !== null && <span>已确认</span>}
        {notice.urgency === 'urgent' && notice.acknowledgedAt === null && <Acknowledge notice={notice} />}
        {notice.readAt === null && (
          <button type="button" className="plain-button" onClick={onRead}>
            标为已读
          </button>
        )}
      </p>
    </article>
  );
}
