import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import { Link } from 'react-router';
import type { DeadlineWhy } from '@huiying/contracts/http';
import { whyQuery } from '../api/queries.js';
import { ClockActs } from '../extensions/clock-acts.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { ClockChip } from '../time/clock-chip.js';
import { ProvisionalNote } from '../time/provisional-note.js';
import { EvidenceList } from './evidence-list.js';
import { amountWords, ledgerSpan, ledgerTotal } from './ledger.js';

const JURISDICTION_WORDS = { national: '国家', province: '省', city: '本市' } as const;

/** 为什么是这个时间: the rule, the start and who stated it, and each stretch counted or skipped. */
export default function WhyDrawer({ deadlineId, onClose }: { deadlineId: string; onClose: () => void }) {
  const { data: why, error, refetch } = useQuery(whyQuery(deadlineId));
  return (
    <Drawer open onClose={onClose} size="min(640px, 100vw)" title="为什么是这个时间" data-testid="why-drawer">
      {why !== undefined ? (
        <Why why={why} onClose={onClose} />
      ) : error === null ? (
        <Loading />
      ) : (
        <Failure error={error} what="时限依据" onRetry={() => void refetch()} />
      )}
    </Drawer>
  );
}

function Why({ why, onClose }: { why: DeadlineWhy; onClose: () => void }) {
  const { deadline, rule, start } = why;
  return (
    <div className="why">
      <p className="why-answer">
        <b>{deadline.ruleName}</b> {deadline.isReminder ? '提醒时间' : '应于'} <b>{fullTime(deadline.dueAt)}</b>
        {deadline.isReminder ? '（无法定时长）' : ' 前完成'}
      </p>
      <ClockChip clock={deadline} />
      <ProvisionalNote clock={deadline} />
      <p className="small quiet">
        <Link to={deadline.subject.link} onClick={onClose}>
          {deadline.subject.no}
        </Link>{' '}
        {deadline.subject.title}
      </p>
      <h3 className="sheet-part">规则</h3>
      <p className="rule-text">{rule.text}</p>
      <dl className="facts">
        <dt>依据</dt>
        <dd>{rule.citation}</dd>
        <dt>核对情况</dt>
        <dd>{rule.certainty}</dd>
        <dt>层级与版本</dt>
        <dd>
          {JURISDICTION_WORDS[rule.jurisdiction]} · {rule.id} · {rule.version}
        </dd>
        <dt>长度</dt>
        <dd>{rule.length}</dd>
        <dt>责任</dt>
        <dd>{rule.owner}</dd>
      </dl>
      <h3 className="sheet-part">从何时算起</h3>
      <p>
        {fullTime(start.at)} · {start.fact} <span className="quiet">（{start.statedBy}）</span>
      </p>
      <h3 className="sheet-part">逐段计算</h3>
      <Ledger why={why} />
      <Approvals why={why} />
      <ClockActs why={why} />
      <h3 className="sheet-part">提醒与超时</h3>
      <Steps steps={why.steps} />
      {why.evidence.length > 0 && (
        <>
          <h3 className="sheet-part">由此完成</h3>
          <EvidenceList evidence={why.evidence} />
        </>
      )}
    </div>
  );
}

function Ledger({ why }: { why: DeadlineWhy }) {
  return (
    <table className="ledger" data-testid="ledger">
      <thead>
        <tr>
          <th>时段</th>
          <th>计入</th>
          <th>原因</th>
        </tr>
      </thead>
      <tbody>
        {why.ledger.map((line, at) => (
          <tr key={at} className={line.counted ? '' : 'ledger-skipped'}>
            <td>{ledgerSpan(line)}</td>
            <td className="nowrap">{line.counted ? `✓ ${amountWords(line.amount, line.unit)}` : '— 不计'}</td>
            <td>{line.why}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>合计</td>
          <td colSpan={2}>{ledgerTotal(why.ledger)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** 暂停与延期: what stood or was given later, with who approved it. */
function Approvals({ why: { pauses, extensions } }: { why: DeadlineWhy }) {
  if (pauses.length + extensions.length === 0) return null;
  return (
    <ul className="why-steps" data-testid="approvals">
      {pauses.map((pause) => (
        <li key={pause.from}>
          <span>暂停：{pause.ground}</span>
          <span>
            {fullTime(pause.from)} → {pause.to === null ? '仍在暂停' : fullTime(pause.to)}
          </span>
          <span className="quiet">
            {pause.reason}（{pause.approvedBy}批准）
          </span>
        </li>
      ))}
      {extensions.map((one) => (
        <li key={one.approvedAt}>
          <span>延期 {one.length}</span>
          <span>{fullTime(one.approvedAt)}</span>
          <span className="quiet">
            {one.reason}（{one.approvedBy}批准）
          </span>
        </li>
      ))}
    </ul>
  );
}

function Steps({ steps }: { steps: DeadlineWhy['steps'] }) {
  return (
    <ul className="why-steps">
      {steps.map((step) => (
        <li key={`${step.kind}${step.percent}`}>
          <span>{step.kind === 'breach' ? '到期' : step.percent === 100 ? '到时提醒' : `用去 ${step.percent}% 提醒`}</span>
          <span>{fullTime(step.at)}</span>
          <span className="quiet">
            {step.firedAt === null ? '未触发' : `${fullTime(step.firedAt)} 已触发${step.late ? '（补发）' : ''}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
