import { Link } from 'react-router';
import type { TrialResult } from '@huiying/contracts/http';
import { fullTime } from '../time/beijing.js';

/** What the words would have found, and how much more there would have been to do. */
export function SchemeTrial({ trial }: { trial: TrialResult }) {
  const most = Math.max(1, ...trial.perDay.map(({ matched }) => matched));
  return (
    <div className="scheme-trial" data-testid="scheme-trial">
      <p>
        最近 7 天的 {trial.opinions.toLocaleString('zh-CN')} 条舆情{trial.cut ? '（只看最新的这些）' : ''}中，命中 <b>{trial.matched}</b>{' '}
        条；如选“预警”，会多出 <b>{trial.alerts}</b> 条预警。
      </p>
      {trial.matched === 0 ? (
        <p className="quiet small">一条也没命中：词是否写得太窄，或必须、排除的词写反了？</p>
      ) : (
        <>
          <ul className="scheme-days" aria-label="每天命中">
            {trial.perDay.map(({ day, matched }) => (
              <li key={day} className="small">
                <span className="quiet">{day.slice(5)}</span>
                <span className="scheme-bar" style={{ inlineSize: `${(matched / most) * 100}%` }} />
                <span>{matched}</span>
              </li>
            ))}
          </ul>
          <p className="small quiet">
            各词命中：
            {trial.perWord
              .slice(0, 12)
              .map(({ word, matched }) => `${word} ${matched}`)
              .join('、')}
          </p>
          <h3 className="sheet-part">最新 {trial.sample.length} 条</h3>
          <ul className="scheme-sample">
            {trial.sample.map((one) => (
              <li key={one.id}>
                <Link to={`/opinions/${one.id}`} target="_blank">
                  {one.title === '' ? one.snippet : one.title}
                </Link>
                {one.title !== '' && <span className="small">{one.snippet}</span>}
                <span className="small quiet">
                  词：{one.words.join('、')} · {one.sourceName} · {fullTime(one.capturedAt)} ·{' '}
                  {one.alerted ? '已有预警' : one.flagged ? '政务舆情，未预警' : '未判为政务舆情'}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
