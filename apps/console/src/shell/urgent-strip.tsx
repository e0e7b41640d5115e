import { useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import { ownPath } from '../session/way-back.js';
import { answerUrgent } from '../live/answer-urgent.js';
import { urgentStore, useUrgent } from '../live/urgent-store.js';
import { serverClock } from '../time/server-clock.js';
import { dayNumber, hourMinute, monthDayTime } from '../time/beijing.js';
import { useNow } from '../time/use-now.js';
import { spanWords } from '../time/words.js';

/** What had a sound: stands until somebody opens it or says 知道了. */
export function UrgentStrip() {
  const { notices, mutedUntil, silenced } = useUrgent();
  const { pathname } = useLocation();
  useEffect(() => answerUrgent(pathname), [pathname]);
  const [latest] = notices;
  if (latest === undefined) return mutedUntil === null ? null : <MuteLine until={mutedUntil} />;
  return (
    <div className="banner banner-urgent" role="alert" data-testid="urgent-strip">
      <span className="urgent-words">
        <b>{sameDayTime(latest.at)} 紧急</b> {ownPath(latest.link) ? <Link to={latest.link}>{latest.title}</Link> : latest.title}
        {notices.length > 1 && <span className="urgent-more">另有 {notices.length - 1} 条</span>}
      </span>
      <button type="button" className="plain-button" onClick={() => answerUrgent()} data-testid="urgent-answer">
        知道了
      </button>
      {silenced && mutedUntil === null && (
        <button type="button" className="plain-button" title="浏览器在您点击页面之前不允许播放声音">
          提示音被浏览器拦住，点此开启
        </button>
      )}
      {mutedUntil === null && !silenced && (
        <button type="button" className="plain-button" onClick={urgentStore.mute}>
          静音 30 分钟
        </button>
      )}
    </div>
  );
}

const sameDayTime = (at: string) => (dayNumber(at) === dayNumber(serverClock.now()) ? hourMinute(at) : monthDayTime(at));

function MuteLine({ until }: { until: number }) {
  const now = useNow(5000);
  if (now >= until) return null;
  return (
    <div className="banner banner-mute" role="status">
      提示音已静音，{spanWords((until - now) / 1000)}后自动恢复。
      <button type="button" className="plain-button" onClick={urgentStore.unmute}>
        现在恢复
      </button>
    </div>
  );
}
