import { Link } from 'react-router';
import type { CaseView } from '@huiying/contracts/http';
import { LevelTag } from '../marks/level-tag.js';
import { CaseStateTag } from '../marks/state-tag.js';
import { ClockChip } from '../time/clock-chip.js';
import { Ago } from '../time/moment.js';
import { OrganName } from '../marks/organ-name.js';

export function CaseHead() {
  return (
    <div className="case-row case-head small quiet" aria-hidden="true">
      <span>最近时限</span>
      <span>级别</span>
      <span>标题</span>
      <span>牵头单位</span>
      <span>状态</span>
      <span>建单</span>
    </div>
  );
}

export function CaseRow({ item, isOn }: { item: CaseView; isOn: boolean }) {
  return (
    <Link to={`/cases/${item.id}`} className={`case-row${isOn ? ' row-on' : ''}`} data-testid="case-row" data-id={item.id}>
      <span className="case-clock">
        {item.nextDeadline === null ? <span className="quiet small">没有在走的时限</span> : <ClockChip clock={item.nextDeadline} />}
        {item.nextDeadline !== null && <span className="clip small quiet">{item.nextDeadline.ruleName}</span>}
      </span>
      <span>
        <LevelTag level={item.severity} />
      </span>
      <span className="opinion-what">
        <span className="clip opinion-title">{item.title}</span>
        <span className="clip small quiet">
          {item.caseNo}
          {item.topic !== null && ` · ${item.topic.name}`} · {item.opinionCount} 条舆情
          {item.overdueCount > 0 && <span className="overdue-word"> · {item.overdueCount} 个时限超时</span>}
        </span>
      </span>
      <span className="clip">
        {item.leadDepartment === null ? <span className="quiet">未交办</span> : <OrganName name={item.leadDepartment.name} />}
      </span>
      <span>
        <CaseStateTag state={item.state} />
      </span>
      <span className="small quiet nowrap">
        <Ago at={item.openedAt} />
      </span>
    </Link>
  );
}
