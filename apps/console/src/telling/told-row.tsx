import { Link } from 'react-router';
import type { ToldView } from '@huiying/contracts/http';
import { DELIVERY_WORDS } from '../notices/delivery-words.js';
import { ownPath } from '../session/way-back.js';
import { fullTime, hourMinute, monthDayTime } from '../time/beijing.js';

/** One notice to one person: asked, sent over what, accepted or failed, read, acknowledged. */
export function ToldRow({ told }: { told: ToldView }) {
  return (
    <div className="told-row" data-testid="told-row">
      <time className="small quiet" dateTime={told.askedAt} title={fullTime(told.askedAt)}>
        {monthDayTime(told.askedAt)}
      </time>
      <span>
        <b>{told.recipientName}</b>
        {told.recipientUnit !== null && <span className="small quiet"> {told.recipientUnit}</span>}
      </span>
      <span>
        {told.urgency === 'urgent' && <span className="notice-urgent">! </span>}
        {ownPath(told.link) ? <Link to={told.link}>{told.title}</Link> : told.title}
      </span>
      <Ways told={told} />
      <span className="small">
        {told.acknowledged !== null ? (
          <span title={fullTime(told.acknowledged.at)}>
            {told.acknowledged.by === 'link' ? '消息中' : '控制台'}确认 {hourMinute(told.acknowledged.at)}
          </span>
        ) : told.readAt !== null ? (
          <span title={fullTime(told.readAt)}>已读 {hourMinute(told.readAt)}</span>
        ) : (
          <span className="quiet">未读</span>
        )}
      </span>
    </div>
  );
}

function Ways({ told }: { told: ToldView }) {
  return (
    <span className="told-ways">
      {told.deliveries.map(({ channel, channelName, state, at, sentAt, nextAttemptAt, attempts, detail }) => {
        const when = at ?? sentAt;
        const next = nextAttemptAt === null ? '' : `，下次 ${monthDayTime(nextAttemptAt)}`;
        return (
          <span
            key={channel}
            className={`told-${state}`}
            title={[detail, when && fullTime(when)].filter(Boolean).join(' · ')}
            data-state={state}
          >
            {channelName} {DELIVERY_WORDS[state]}
            {state === 'accepted' && when !== null && ` ${hourMinute(when)}`}
            {attempts > 1 && ` ×${attempts}`}
            {(state === 'held' || state === 'retrying') && next}
          </span>
        );
      })}
    </span>
  );
}
