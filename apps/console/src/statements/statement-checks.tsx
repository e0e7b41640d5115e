import { Link } from 'react-router';
import type { StatementChecks } from '@huiying/contracts/http';

/** What the draft must be looked at for. Said as what it is: a help that can miss and can be wrong. */
export function ChecksView({ checks }: { checks: StatementChecks }) {
  const { unanswered, contradictions, secrecy } = checks;
  const open = contradictions.filter((one) => !one.isExplained);
  if (unanswered.length + contradictions.length + secrecy.length === 0)
    return <p className="checks-clean">公众所问均已提及，与已发布口径未见不一致，未见涉密标志。自动核对可能有漏，请人工审读。</p>;
  return (
    <div className="checks" data-testid="statement-checks">
      {secrecy.length > 0 && (
        <Part title={`保密：${secrecy.length} 处须看`} wrong={secrecy.some(({ weight }) => weight === 'stop')}>
          {secrecy.map((hit, at) => (
            <li key={at}>
              <mark>{hit.matched}</mark> {hit.weight === 'stop' && <b className="overdue-word">不得发布</b>} {hit.said}
            </li>
          ))}
        </Part>
      )}
      {contradictions.length > 0 && (
        <Part title={`与已发布口径不一致：${open.length} 处待说明`} wrong={open.length > 0}>
          {contradictions.map((one, at) => (
            <li key={at}>
              {one.said} <Link to={`/statements?statement=${one.earlierId}`}>查看原口径</Link>
            </li>
          ))}
        </Part>
      )}
      {unanswered.length > 0 && (
        <Part title={`公众所问未答：${unanswered.length} 项`} wrong={false}>
          {unanswered.map((one, at) => (
            <li key={at}>
              “{one.text}”{' '}
              <span className="small quiet">
                {one.askedBy > 1 ? `${one.askedBy} 条舆情问到` : '1 条舆情问到'}，{one.said}
              </span>{' '}
              <Link to={`/opinions/${one.opinionIds[0]}`}>原文</Link>
            </li>
          ))}
        </Part>
      )}
      <p className="small quiet">自动核对供参考，可能有漏有误，由审签人判断。</p>
    </div>
  );
}

function Part({ title, wrong, children }: { title: string; wrong: boolean; children: React.ReactNode }) {
  return (
    <section>
      <h4 className={wrong ? 'overdue-word' : undefined}>{title}</h4>
      <ul>{children}</ul>
    </section>
  );
}
