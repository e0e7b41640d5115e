import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { noticesQuery } from '../api/queries.js';
import { urgentStore } from '../live/urgent-store.js';
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
  const first = data?.pages[0]?.items;
  // What was urgent before this page was opened, or while the stream was cut, is still urgent.
  useEffect(
    () => first?.filter(({ urgency }) => urgency === 'urgent').forEach((notice) => urgentStore.raise({ ...notice, stored: true })),
    [first],
  );
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
