import { Popover } from 'antd';
import type { HeatView, SurgeView } from '@huiying/contracts/http';

/** 热度, and behind a click the formula with its numbers. */
export function HeatChip({ heat, surge }: { heat: HeatView; surge: SurgeView }) {
  return (
    <Popover trigger="click" title={`热度 ${heat.heat.toFixed(1)}（满值 100）`} content={<HeatWords heat={heat} surge={surge} />}>
      <button type="button" className="heat-chip" data-testid="heat" aria-label={`热度 ${heat.heat.toFixed(1)}，点击看公式`} onClick={stop}>
        <span className="heat-bar" aria-hidden="true">
          <span style={{ width: `${Math.min(100, heat.heat)}%` }} />
        </span>
        <b>{heat.heat.toFixed(0)}</b>
        {surge.isSurge && <span className="state state-wrong">突增</span>}
      </button>
    </Popover>
  );
}

function stop(event: React.MouseEvent) {
  event.stopPropagation();
  event.preventDefault();
}

/** The formula, each part, and how the last day compares with the story's own past. */
export function HeatWords({ heat, surge }: { heat: HeatView; surge: SurgeView }) {
  return (
    <div className="heat-words" data-testid="heat-formula">
      <table>
        <thead>
          <tr>
            <th>因素</th>
            <th>数值 x</th>
            <th>权重 w</th>
            <th>w·ln(1+x)</th>
          </tr>
        </thead>
        <tbody>
          {heat.parts.map((part) => (
            <tr key={part.name}>
              <td>{part.word}</td>
              <td>{part.x.toFixed(1)}</td>
              <td>{part.weight}</td>
              <td>{part.value.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mono small">{heat.formula}</p>
      <p className="small quiet">
        声量、热线件数每 {heat.halfLifeHours} 小时减半。热度只反映关注程度，不等于分级；无国家标准，权重为本系统所定。
      </p>
      <p className="small">
        近24小时 {surge.last24h} 条，按其自身过往应有约 {surge.expected.toFixed(1)} 条{surge.isSurge ? '，判为突增' : '，未达突增'}。
      </p>
    </div>
  );
}
