import { dateWords, hourMinuteSecond } from '../time/beijing.js';
import { useNow } from '../time/use-now.js';

/** The server's time, second by second. */
export function ServerTime() {
  const now = useNow(1000);
  if (Number.isNaN(now)) return <span className="server-time" />;
  return (
    <time className="server-time" title="服务器时间（北京时间）" data-testid="server-time">
      <span className="server-date">{dateWords(now)}</span> {hourMinuteSecond(now)}
    </time>
  );
}
