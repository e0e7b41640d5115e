import { Link } from 'react-router';
import type { CaseView } from '@huiying/contracts/http';
import { LevelTag } from '../marks/level-tag.js';
import { CaseStateTag } from '../marks/state-tag.js';
import { Empty } from '../states/empty.js';
import { OrganName } from '../marks/organ-name.js';

/** The cases in hand: where each stands. */
export function CasesPanel({ cases, total }: { cases: CaseView[]; total: number }) {
  return (
    <section className="panel panel-scroll panel-cases" aria-labelledby="board-cases-head">
      <div className="panel-head">
        <h2 id="board-cases-head">在办舆情单</h2>
        <span className="quiet small">{total}</span>
        <Link to="/cases" className="push small">
          全部
        </Link>
      </div>
      <div className="panel-rows">
        {cases.length === 0 && <Empty title="没有在办的舆情单" />}
        {cases.map((item) => (
          <Link key={item.id} to={`/cases/${item.id}`} className="case-line" data-testid="case-line">
            <LevelTag level={item.severity} />
            <span className="case-line-what">
              <span className="clip">{item.title}</span>
              <span className="clip small quiet">
                {item.caseNo} · {item.leadDepartment === null ? '未交办' : <OrganName name={item.leadDepartment.name} />}
              </span>
            </span>
            <CaseStateTag state={item.state} />
          </Link>
        ))}
      </div>
    </section>
  );
}
