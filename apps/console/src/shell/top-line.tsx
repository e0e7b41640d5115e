import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { noticesQuery } from '../api/queries.js';
import { urgentStore } from '../live/urgent-store.js';
import type { NoticeView } from '@huiying/contracts/http';
import { serverClock } from '../time/server-clock.js';
import { useSession } from '../session/session.js';
import { ConnectionMark } from './connection.js';
import { Icon } from './icons.js';
import { OnDutyLine } from './on-duty-line.js';
import { PersonMenu } from './person-menu.js';
import { ServerTime } from './server-time.js';

/** The top line: city, who is on duty, server time, connection, notices, person. */
export function TopLine({ onHelp, onNotices }: { onHelp: () => void; onNotices: () => void }) {
  const { city } = useSession();
  const { data } = useInfiniteQuery(noticesQuery('unread=true'));
  useUrgentBefore(data?.pages[0]?.items);
  const unread = data?.pages[0]?.total ?? data?.pages[0]?.items.length ?? 0;
  return (
    <header className="top">
      <span className="top-city">{city.name}</span>
      <OnDutyLine />
      <span className="top-space" />
      <ServerTime />
      <ConnectionMark />
      <button
        type="button"
        className="top-button"
        onClick={onNotices}
        aria-label={unread > 0 ? `通知，${unread} 条未读` : '通知'}
        data-testid="notices-bell"
      >
        <Icon name="bell" />
        {unread > 0 && <span className="rail-count bell-count">{unread > 99 ? '99+' : unread}</span>}
      </button>
      <PersonMenu onHelp={onHelp} />
    </header>
  );
}

/** Older ones wait in the bell: nobody is woken by yesterday. */
const STILL_URGENT_MS = 2 * 3_600_000;

/** What was urgent shortly before this page was opened, or while the stream was cut, is urgent still. */
function useUrgentBefore(notices: readonly NoticeView[] | undefined): void {
  useEffect(() => {
    const since = serverClock.now() - STILL_URGENT_MS;
    const urgent = (notices ?? []).filter(({ urgency, readAt, at }) => urgency === 'urgent' && readAt === null && Date.parse(at) > since);
    for (const notice of [...urgent].reverse()) urgentStore.raise({ ...notice, stored: true });
  }, [notices]);
}
