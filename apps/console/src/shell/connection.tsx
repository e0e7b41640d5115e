import { useEffect } from 'react';
import { useLink } from '../live/link-store.js';
import { linkStore } from '../live/link-store.js';
import { tryNow } from '../live/use-live.js';
import { hourMinuteSecond } from '../time/beijing.js';

const WORDS = { connecting: '连接中', live: '实时', lost: '已断开' } as const;
/** How long the good news stands. */
const TOLD_MS = 6000;

/** The state of the live connection, in the top line. */
export function ConnectionMark() {
  const { state } = useLink();
  return (
    <span
      className={`link-mark link-${state}`}
      title={state === 'live' ? '与服务器实时连接' : '未与服务器实时连接'}
      data-testid="connection"
      data-state={state}
    >
      <span className="link-dot" aria-hidden="true" />
      <span className="link-word">{WORDS[state]}</span>
    </span>
  );
}

/** Says at once that the connection is lost and what may be missing; then what was caught up. */
export function ConnectionBanner() {
  const { state, failedTries, lostAt, caughtUp } = useLink();
  useEffect(() => {
    if (state !== 'live' || caughtUp === null) return undefined;
    const timer = setTimeout(linkStore.told, TOLD_MS);
    return () => clearTimeout(timer);
  }, [state, caughtUp]);
  if (state === 'lost')
    return (
      <div className="banner banner-lost" role="alert" data-testid="lost-banner">
        <span>
          <b>实时连接已断开</b>
          {lostAt !== null && !Number.isNaN(lostAt) && `（自 ${hourMinuteSecond(lostAt)} 起）`}
          。此后的新预警、签收与时限变化可能未显示，提示音也不会响；正在重连（第 {failedTries} 次），恢复后自动补齐。
        </span>
        <button type="button" className="plain-button" onClick={tryNow}>
          立即重连
        </button>
      </div>
    );
  if (state === 'live' && caughtUp !== null)
    return (
      <div className="banner banner-back" role="status" data-testid="back-banner">
        连接已恢复，{caughtUp === 0 ? '断开期间没有遗漏的变化。' : `已补齐断开期间的 ${caughtUp} 条变化。`}
      </div>
    );
  return null;
}
