import type { CaseDetail } from '@huiying/contracts/http';
import { dateWords, dayNumber, fullTime, hourMinute } from '../time/beijing.js';
import { Folded } from '../states/folded.js';

type Entry = CaseDetail['timeline'][number];

/** What kind of line it is: a fault, a clock, a person's step, or the system's. */
function lookOf({ kind, actor }: Entry): string {
  if (kind === 'deadline.breached' || kind === 'notice.failed') return 'fault';
  if (kind.startsWith('deadline.')) return 'clock';
  return actor === '系统' ? 'system' : 'person';
}

/** The case's history, newest first, a heading per day. */
export function Timeline({ entries }: { entries: readonly Entry[] }) {
  const newestFirst = [...entries].reverse();
  return (
    <ol className="timeline" data-testid="timeline">
      {newestFirst.map((entry, at) => {
        const before = newestFirst[at - 1];
        const newDay = before === undefined || dayNumber(before.at) !== dayNumber(entry.at);
        return (
          <li
            key={entry.id}
            className={`timeline-entry timeline-${lookOf(entry)}${newDay ? ' timeline-first' : ''}`}
            data-kind={entry.kind}
          >
            {newDay && <p className="timeline-day">{dateWords(entry.at)}</p>}
            <time dateTime={entry.at} title={fullTime(entry.at)}>
              {hourMinute(entry.at)}
            </time>
            <span className="timeline-text">
              <Folded text={entry.text} />
              {!entry.text.includes(entry.actor) && <span className="small quiet"> {entry.actor}</span>}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
