import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { HandoverContent, HandoverView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { useStep } from '../api/use-step.js';
import { SEVERITY_MARKS } from '../marks/labels.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { fullTime, monthDayTime } from '../time/beijing.js';
import { draftQuery, DUTY, handoversQuery } from './duty-api.js';
import { DutyTabs } from './duty-tabs.js';
import './duty.css';

/** 交接班: what is open now, and who signed for it. */
export default function HandoverPage() {
  usePageTitle('交接班');
  const { person } = useSession();
  const { data: handovers, error, refetch } = useQuery(handoversQuery);
  return (
    <div className="sheet" data-testid="handover-page">
      <div className="page-head duty-head">
        <DutyTabs />
        <button type="button" className="plain-button push" onClick={() => print()}>
          打印
        </button>
      </div>
      <div className="sheet-columns duty-columns">
        <Draft mayGive={person.role !== 'administrator'} />
        <section className="panel" aria-labelledby="handovers-head">
          <div className="panel-head">
            <h2 id="handovers-head">交接记录</h2>
          </div>
          {handovers === undefined &&
            (error === null ? <Loading lines={4} /> : <Failure error={error} what="交接记录" onRetry={() => void refetch()} />)}
          {handovers?.length === 0 && <Empty title="还没有交接记录">交班人签字后，接班人在这里核对、签字。</Empty>}
          {handovers?.map((one) => (
            <Handover key={one.id} one={one} />
          ))}
        </section>
      </div>
    </div>
  );
}

function Draft({ mayGive }: { mayGive: boolean }) {
  const { data: content, error, refetch } = useQuery(draftQuery);
  const [note, setNote] = useState('');
  const give = useStep({
    run: () => ask('POST', '/api/duty/handovers', { note }),
    done: '已签字交班，下一班会收到通知',
    touches: DUTY,
    onDone: () => setNote(''),
  });
  return (
    <section className="panel" aria-labelledby="draft-head">
      <div className="panel-head">
        <h2 id="draft-head">当前待交接</h2>
        <span className="small quiet">按此刻未了事项自动列出</span>
      </div>
      <div className="panel-body">
        {content === undefined ? (
          error === null ? (
            <Loading lines={6} />
          ) : (
            <Failure error={error} what="未了事项" onRetry={() => void refetch()} />
          )
        ) : (
          <Content content={content} />
        )}
        {mayGive && (
          <div className="handover-give no-print">
            <Input.TextArea
              rows={3}
              value={note}
              maxLength={4000}
              onChange={(event) => setNote(event.target.value)}
              placeholder="还要交代的事：等谁回话、已口头汇报什么……"
              aria-label="交代事项"
              data-testid="handover-note"
            />
            <Button
              type="primary"
              loading={give.isPending}
              disabled={content === undefined}
              onClick={() => give.mutate(undefined)}
              data-testid="give-handover"
            >
              签字交班
            </Button>
          </div>
        )}
      </div>
    </section>
  );
}

function Handover({ one }: { one: HandoverView }) {
  const { person } = useSession();
  const [remark, setRemark] = useState('');
  const [open, setOpen] = useState(one.takenBy === null);
  const take = useStep({
    run: () => ask('POST', `/api/duty/handovers/${one.id}/take`, { remark: remark.trim() === '' ? null : remark.trim() }),
    done: '已签字接班',
    touches: DUTY,
  });
  const mayTake = one.takenBy === null && one.givenBy.id !== person.id && person.role !== 'administrator';
  return (
    <article className="duty-line" data-testid="handover" data-taken={one.takenBy !== null}>
      <p>
        <b>{one.givenBy.name}</b> 交班 <time title={fullTime(one.givenAt)}>{monthDayTime(one.givenAt)}</time>
        {one.takenBy === null ? (
          <b className="duty-waiting">待接班签字</b>
        ) : (
          <>
            {' → '}
            <b>{one.takenBy.name}</b> 接班 <time title={fullTime(one.takenAt!)}>{monthDayTime(one.takenAt!)}</time>
          </>
        )}
        <button type="button" className="plain-button push" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? '收起' : '查看'}
        </button>
      </p>
      {one.note !== '' && <p>{one.note}</p>}
      {one.remark !== null && <p className="small quiet">接班意见：{one.remark}</p>}
      {open && <Content content={one.content} />}
      {mayTake && (
        <p className="duty-acts no-print">
          <Input
            value={remark}
            maxLength={2000}
            onChange={(event) => setRemark(event.target.value)}
            placeholder="接班意见（可不填）"
            aria-label="接班意见"
          />
          <Button type="primary" loading={take.isPending} onClick={() => take.mutate(undefined)} data-testid="take-handover">
            签字接班
          </Button>
        </p>
      )}
    </article>
  );
}

function Content({ content }: { content: HandoverContent }) {
  const parts: [string, { key: string; line: React.ReactNode }[]][] = [
    [
      '待处置预警',
      content.alerts.map(({ id, title, severity, raisedAt }) => ({
        key: id,
        line: (
          <>
            <b>{SEVERITY_MARKS[severity].numeral}级</b> <Link to={`/alerts/${id}`}>{title}</Link>{' '}
            <span className="quiet">{monthDayTime(raisedAt)}</span>
          </>
        ),
      })),
    ],
    [
      '逾期时限',
      content.overdue.map(({ caseId, no, name, dueAt }) => ({
        key: `${no}${name}`,
        line: (
          <>
            <b className="overdue-word">{name}</b> {caseId === null ? no : <Link to={`/cases/${caseId}`}>{no}</Link>}{' '}
            <span className="quiet">{monthDayTime(dueAt)} 到期</span>
          </>
        ),
      })),
    ],
    [
      '在办舆情单',
      content.cases.map(({ id, caseNo, title, nextDueAt }) => ({
        key: id,
        line: (
          <>
            <Link to={`/cases/${id}`}>
              {caseNo} {title}
            </Link>{' '}
            {nextDueAt !== null && <span className="quiet">下一时限 {monthDayTime(nextDueAt)}</span>}
          </>
        ),
      })),
    ],
    [
      '待签收任务',
      content.tasks.map(({ id, departmentName, caseTitle }) => ({
        key: id,
        line: (
          <>
            {departmentName} <Link to={`/tasks/${id}`}>{caseTitle}</Link>
          </>
        ),
      })),
    ],
    [
      '上报中',
      content.escalations.map(({ title, link, acknowledgedBy }) => ({
        key: `${title}${link}`,
        line: (
          <>
            <Link to={link}>{title}</Link> <span className="quiet">{acknowledgedBy === null ? '无人确认' : `${acknowledgedBy}已确认`}</span>
          </>
        ),
      })),
    ],
    ['异常信源', content.sources.map(({ id, name, said }) => ({ key: id, line: `${name}：${said}` }))],
  ];
  const filled = parts.filter(([, lines]) => lines.length > 0);
  if (filled.length === 0) return <p className="quiet">没有未了事项。</p>;
  return (
    <div className="handover-content">
      {filled.map(([word, lines]) => (
        <div key={word}>
          <h3>
            {word} <span className="quiet">{lines.length}</span>
          </h3>
          <ul>
            {lines.map(({ key, line }) => (
              <li key={key}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}
