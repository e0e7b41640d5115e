import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ReportRunView, ReportScheduleView } from '@huiying/contracts/http';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { FormDialog, type FormField } from '../states/form-dialog.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { REPORT_TOUCHES, reportSteps, schedulesQuery } from './report-queries.js';
import { ReportTabs } from './report-tabs.js';
import './reports.css';

const KIND_WORDS = { daily: '日报', weekly: '周报', monthly: '月报' } as const;
const WEEKDAYS = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
const DAY_OFF = { move: '顺延到下一个工作日', anyway: '照常起草' } as const;

/** 定时起草: which drafts come by themselves, when the next is due, and what was made. */
export default function ReportSchedulesPage() {
  usePageTitle('定时起草');
  const { role } = useSession().person;
  const mayKeep = role === 'supervisor' || role === 'administrator';
  const { data, error, refetch } = useQuery(schedulesQuery);
  const [edited, setEdited] = useState<ReportScheduleView | 'new' | null>(null);
  const remove = useStep({ run: (id: string) => reportSteps.removeSchedule(id), done: '已删除', touches: REPORT_TOUCHES });
  if (data === undefined)
    return error === null ? <Loading lines={8} /> : <Failure error={error} what="定时起草" onRetry={() => void refetch()} />;
  return (
    <div className="page-fixed" data-testid="schedules-page">
      <div className="page-head">
        <ReportTabs />
        <span className="page-head-rest" />
        {mayKeep && (
          <Button type="primary" onClick={() => setEdited('new')} data-testid="schedule-new">
            新增计划
          </Button>
        )}
      </div>
      <div className="list-sheet report-schedules">
        {data.schedules.length === 0 && (
          <Empty title="还没有定时起草的计划">到点自动生成草稿，编辑后送审；没有计划时由值班员手工起草。</Empty>
        )}
        <div className="panel-rows">
          {data.schedules.map((schedule) => (
            <div key={schedule.id} className="task-line" data-testid="schedule" data-on={schedule.isOn}>
              <p className="task-line-head">
                <b>{schedule.name}</b>
                <span>{whenWords(schedule)}</span>
                <span className="quiet small">遇休息日{DAY_OFF[schedule.onDayOff]}</span>
                <span className="push small">{schedule.nextAt === null ? '已停用' : `下一次 ${fullTime(schedule.nextAt)}`}</span>
              </p>
              <p className="small quiet">
                {schedule.changedBy}于 {fullTime(schedule.changedAt)} 设定
                {mayKeep && (
                  <span className="schedule-acts">
                    <button type="button" className="plain-button" onClick={() => setEdited(schedule)} data-testid="schedule-edit">
                      修改
                    </button>
                    <button type="button" className="plain-button" onClick={() => remove.mutate(schedule.id)} disabled={remove.isPending}>
                      删除
                    </button>
                  </span>
                )}
              </p>
            </div>
          ))}
        </div>
        <Runs runs={data.runs} />
      </div>
      {edited !== null && <ScheduleDialog schedule={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </div>
  );
}

function whenWords({ kind, weekday, monthDay, time }: ReportScheduleView): string {
  const day = kind === 'daily' ? '每天' : kind === 'weekly' ? `每${WEEKDAYS[(weekday ?? 1) - 1]}` : `每月 ${monthDay} 日`;
  return `${day} ${time} 起草${KIND_WORDS[kind]}`;
}

function Runs({ runs }: { runs: readonly ReportRunView[] }) {
  if (runs.length === 0) return null;
  return (
    <figure className="report-table">
      <figcaption>起草记录</figcaption>
      <table>
        <thead>
          <tr>
            {['计划', '时段', '应于', '实际', '结果'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={`${run.scheduleName}${run.dueAt}${run.firstDay}`} data-testid="schedule-run">
              <td>{run.scheduleName ?? '已删除的计划'}</td>
              <td>{run.issueId === null ? spanWords(run) : <Link to={`/reports?issue=${run.issueId}`}>{spanWords(run)}</Link>}</td>
              <td>
                {fullTime(run.dueAt)}
                {run.movedBecause !== null && <span className="quiet">（因{run.movedBecause}顺延）</span>}
              </td>
              <td>{fullTime(run.madeAt)}</td>
              <td>
                {run.outcome === 'existed' ? '此前已有人起草' : '已起草'}
                {run.lateMinutes !== null && <span className="overdue-word"> 迟 {lateWords(run.lateMinutes)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function spanWords({ firstDay, lastDay }: ReportRunView): string {
  return firstDay === lastDay ? firstDay : `${firstDay} 至 ${lastDay}`;
}

function lateWords(minutes: number): string {
  return minutes < 120 ? `${minutes} 分钟` : minutes < 48 * 60 ? `${Math.floor(minutes / 60)} 小时` : `${Math.floor(minutes / 1440)} 天`;
}

const choices = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));

function ScheduleDialog({ schedule, onClose }: { schedule: ReportScheduleView | null; onClose: () => void }) {
  const fields: FormField[] = [
    { name: 'name', label: '名称', kind: 'line', missing: '请填写名称', initial: schedule?.name ?? '周报' },
    { name: 'kind', label: '报告', kind: 'select', missing: '请选择', choices: choices(KIND_WORDS), initial: schedule?.kind ?? 'weekly' },
    {
      name: 'weekday',
      label: '周报：每周几',
      kind: 'select',
      choices: WEEKDAYS.map((label, i) => ({ value: String(i + 1), label })),
      initial: String(schedule?.weekday ?? 1),
    },
    { name: 'monthDay', label: '月报：每月几日（1–28）', kind: 'number', initial: schedule?.monthDay ?? 1 },
    { name: 'time', label: '时间', kind: 'line', missing: '请填写时间', placeholder: '08:00', initial: schedule?.time ?? '08:00' },
    {
      name: 'onDayOff',
      label: '遇休息日',
      kind: 'select',
      missing: '请选择',
      choices: choices(DAY_OFF),
      initial: schedule?.onDayOff ?? 'move',
    },
    { name: 'isOn', label: '启用', kind: 'yes', initial: schedule?.isOn ?? true },
  ];
  return (
    <FormDialog
      title={schedule === null ? '新增计划' : '修改计划'}
      okText="保存"
      fields={fields}
      effect="到点自动生成草稿并提醒当班值班员；停机错过的，恢复后补做并标明迟了多久。"
      run={(values) =>
        reportSteps.putSchedule(schedule?.id ?? null, { ...values, weekday: values.weekday === null ? null : Number(values.weekday) })
      }
      done="已保存"
      touches={REPORT_TOUCHES}
      testId="schedule"
      onClose={onClose}
    />
  );
}
