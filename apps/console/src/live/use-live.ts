import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ChangeMessage } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { serverClock } from '../time/server-clock.js';
import { Bundle } from './bundle.js';
import { ChangeStream } from './change-stream.js';
import { linkStore } from './link-store.js';
import { opinionArrivals } from './opinion-arrivals.js';
import { mustBeHeard, opinionCount, staleNouns } from './staleness.js';
import { urgentStore, type UrgentNotice } from './urgent-store.js';

let current: ChangeStream | null = null;
/** For the button beside the banner. */
export const tryNow = () => current?.tryNow();

/**
 * Keeps the page true while somebody is logged in: follows the change stream and renews what each change makes stale.
 * What is urgent rings only where somebody can answer it; a wall display stays silent.
 */
export function useLive({ silent = false } = {}): void {
  const client = useQueryClient();
  useEffect(() => {
    const changes = new Bundle<ChangeMessage>(
      (batch) => take(client, batch),
      () => performance.now(),
    );
    const stream = new ChangeStream({
      onLink: (link) => {
        linkStore.follow(link);
        // What was read before the stream stood may have changed unseen.
        if (link.state === 'live') void client.invalidateQueries();
        // A stream is cut without a word when the session has ended: the answer to this tells.
        if (link.state === 'lost' && link.failedTries % 3 === 1) void ask('GET', '/api/session').catch(() => undefined);
      },
      onBack: () => linkStore.back(),
      onChange: (change) => {
        linkStore.caughtUpOne();
        if (!silent && mustBeHeard(change)) urgentStore.raise(asNotice(change));
        changes.add(change);
      },
      onNotice: (notice) => {
        if (!silent && notice.urgency === 'urgent') urgentStore.raise({ ...notice, stored: true });
        void client.invalidateQueries({ queryKey: ['notices'] });
      },
      onServerTime: (serverTime) => {
        serverClock.sync(serverTime);
        linkStore.heard();
      },
    });
    current = stream;
    stream.open();
    const touch = () => void urgentStore.touched();
    addEventListener('pointerdown', touch);
    addEventListener('keydown', touch);
    return () => {
      current = null;
      removeEventListener('pointerdown', touch);
      removeEventListener('keydown', touch);
      stream.close();
      changes.stop();
      linkStore.reset();
    };
  }, [client, silent]);
}

function take(client: QueryClient, batch: ChangeMessage[]): void {
  for (const noun of staleNouns(batch)) void client.invalidateQueries({ queryKey: [noun] });
  const opinions = opinionCount(batch);
  if (opinions > 0) opinionArrivals.add(opinions);
}

function asNotice(change: ChangeMessage): UrgentNotice {
  return {
    id: change.position,
    at: change.at,
    urgency: 'urgent',
    title: change.title,
    body: change.text,
    link: `/alerts/${change.subject.id}`,
    stored: false,
  };
}
