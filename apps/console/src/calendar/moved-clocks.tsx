import { Link } from 'react-router';
import type { MovedClock } from '@huiying/contracts/http';
import { fullTime } from '../time/beijing.js';

/** The open clocks a change moves, before and after. Closed ones are never among them. */
export function MovedClocks({ clocks, count }: { clocks: readonly MovedClock[]; count: number }) {
  if (count === 0) return <p className="quiet">没有在办时限受影响。已完成、已取消的时限不变。</p>;
  return (
    <>
      <p>
        将调整 <b>{count}</b> 个在办时限{count > clocks.length ? `，以下为前 ${clocks.length} 个` : ''}；已完成、已取消的时限不变。
      </p>
      <table className="ledger" data-testid="moved-clocks">
        <thead>
          <tr>
            <th>编号</th>
            <th>时限</th>
            <th>原到期</th>
            <th>改为</th>
          </tr>
        </thead>
        <tbody>
          {clocks.map((clock) => (
            <tr key={clock.deadlineId}>
              <td>
                <Link to={clock.link} title={clock.title}>
                  {clock.no}
                </Link>
              </td>
              <td>
                {clock.ruleName}
                <span className="small quiet">
                  {' '}
                  {clock.before.rule === clock.after.rule ? clock.after.rule : `${clock.before.rule} → ${clock.after.rule}`}
                </span>
              </td>
              <td>{moment(clock.before)}</td>
              <td>{moment(clock.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function moment({ dueAt, provisional }: MovedClock['before']): string {
  return `${fullTime(dueAt)}${provisional ? '（暂定）' : ''}`;
}
