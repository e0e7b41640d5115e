import type { SourceLine } from '@huiying/contracts/http';
import { stretchesOf } from './stretches.js';
import { dayNumber, hourMinute, monthDayTime, wall } from '../time/beijing.js';

type Coverage = SourceLine['coverage'];

const HOUR_MS = 3_600_000;
export const COVERAGE_WORDS: Record<string, string> = { '.': '已看到', u: '未看到', p: '暂停中', n: '本系统未采集', '-': '从未采集成功' };

const hoursUnseen = (hours: string) => [...hours].filter((sign) => sign !== '.').length;

/** The last seven days as a strip, hour by hour: what was not seen stands out, with its pattern for those who do not see colours. */
export function CoverageStrip({ coverage }: { coverage: Coverage }) {
  const { hours } = coverage;
  const unseen = hoursUnseen(hours);
  const words = hours.startsWith('-') ? '从未采集成功' : unseen === 0 ? '近 7 天每小时都看到' : `近 7 天有 ${unseen} 小时未看到`;
  return (
    <svg className="coverage-strip" viewBox={`0 0 ${hours.length} 14`} preserveAspectRatio="none" role="img" aria-label={words}>
      <title>{words}</title>
      {stretchesOf(hours).map(({ sign, start, length }) => (
        <rect
          key={start}
          x={start}
          y={sign === '.' ? 5 : 0}
          width={length}
          height={sign === '.' ? 4 : 14}
          className={`coverage-${NAMES[sign] ?? 'unseen'}`}
        />
      ))}
    </svg>
  );
}

const NAMES: Record<string, string> = { '.': 'seen', u: 'unseen', p: 'paused', n: 'unseen', '-': 'paused' };

/** The same as a grid, one line a day, for reading off the hours. */
export function CoverageGrid({ coverage }: { coverage: Coverage }) {
  const from = Date.parse(coverage.from);
  const days = new Map<number, { at: number; sign: string }[]>();
  [...coverage.hours].forEach((sign, i) => {
    const at = from + i * HOUR_MS;
    days.set(dayNumber(at), [...(days.get(dayNumber(at)) ?? []), { at, sign }]);
  });
  return (
    <div className="coverage-grid" role="table" aria-label="近 7 天覆盖情况">
      {[...days.values()].map((hours) => (
        <div key={hours[0]!.at} className="coverage-day" role="row">
          <span className="small quiet" role="rowheader">
            {monthDayTime(hours[0]!.at).slice(0, 5)}
          </span>
          <span className="coverage-hours">
            {hours.map(({ at, sign }) => (
              <i
                key={at}
                role="cell"
                style={{ gridColumnStart: wall(at).hour + 1 }}
                className={`coverage-${NAMES[sign] ?? 'unseen'}`}
                title={`${monthDayTime(at)}–${hourMinute(at + HOUR_MS)} ${COVERAGE_WORDS[sign] ?? ''}`}
              />
            ))}
          </span>
        </div>
      ))}
      <p className="small quiet coverage-key">
        <i className="coverage-seen" /> 已看到 <i className="coverage-unseen" /> 未看到 <i className="coverage-paused" /> 暂停中；横向为
        0–24 时
      </p>
    </div>
  );
}
