import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReportKind, ReportListsView, ReportListView } from '@huiying/contracts/http';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { FormDialog, type FormField } from '../states/form-dialog.js';
import { Loading } from '../states/loading.js';
import { fullTime } from '../time/beijing.js';
import { outsideLines, readOutside } from './outside-readers.js';
import { listsQuery, REPORT_TOUCHES, reportSteps } from './report-queries.js';
import { ReportTabs } from './report-tabs.js';
import './reports.css';

const KIND_WORDS: Record<ReportKind, string> = { daily: '日报', weekly: '周报', monthly: '月报', span: '任意时段', special: '专报' };

/** 分发名单: who gets which reports once they are approved. */
export default function ReportListsPage() {
  usePageTitle('分发名单');
  const { role } = useSession().person;
  const mayKeep = role === 'supervisor' || role === 'administrator';
  const { data, error, refetch } = useQuery(listsQuery);
  const [edited, setEdited] = useState<ReportListView | 'new' | null>(null);
  const remove = useStep({ run: (id: string) => reportSteps.removeList(id), done: '已删除', touches: REPORT_TOUCHES });
  if (data === undefined)
    return error === null ? <Loading lines={8} /> : <Failure error={error} what="分发名单" onRetry={() => void refetch()} />;
  return (
    <div className="page-fixed" data-testid="lists-page">
      <div className="page-head">
        <ReportTabs />
        <span className="page-head-rest" />
        {mayKeep && (
          <Button type="primary" onClick={() => setEdited('new')} data-testid="list-new">
            新增名单
          </Button>
        )}
      </div>
      <div className="list-sheet report-schedules">
        {data.lists.length === 0 && (
          <Empty title="还没有分发名单">签发后的报告按名单以邮件发出，附 Word 和 PDF；每人每期只发一次，送达情况记在该期页面上。</Empty>
        )}
        <div className="panel-rows">
          {data.lists.map((list) => (
            <div key={list.id} className="task-line" data-testid="report-list" data-on={list.isOn}>
              <p className="task-line-head">
                <b>{list.name}</b>
                <span>{list.kinds.map((kind) => KIND_WORDS[kind]).join('、')}</span>
                {!list.isOn && <span className="quiet small">已停用</span>}
                <span className="push small quiet">
                  {list.changedBy}于 {fullTime(list.changedAt)} 设定
                </span>
              </p>
              <p>
                {list.known.map(({ name, address, isOutside }, i) => (
                  <span key={i} className="report-reader" title={address ?? undefined}>
                    {name}
                    {isOutside && <span className="quiet small">（{address}）</span>}
                    {address === null && <span className="overdue-word small">（没有邮箱）</span>}
                  </span>
                ))}
              </p>
              {mayKeep && (
                <p>
                  <button type="button" className="plain-button" onClick={() => setEdited(list)} data-testid="list-edit">
                    修改
                  </button>
                  <button type="button" className="plain-button" onClick={() => remove.mutate(list.id)} disabled={remove.isPending}>
                    删除
                  </button>
                </p>
              )}
            </div>
          ))}
        </div>
      </div>
      {edited !== null && <ListDialog list={edited === 'new' ? null : edited} accounts={data.accounts} onClose={() => setEdited(null)} />}
    </div>
  );
}

function ListDialog({
  list,
  accounts,
  onClose,
}: {
  list: ReportListView | null;
  accounts: ReportListsView['accounts'];
  onClose: () => void;
}) {
  const fields: FormField[] = [
    { name: 'name', label: '名称', kind: 'line', missing: '请填写名称', initial: list?.name ?? '' },
    {
      name: 'kinds',
      label: '报告',
      kind: 'many',
      missing: '请至少选一种',
      choices: Object.entries(KIND_WORDS).map(([value, label]) => ({ value, label })),
      initial: list?.kinds ?? ['weekly'],
    },
    {
      name: 'people',
      label: '本系统账号',
      kind: 'many',
      choices: accounts.map(({ id, name, hasAddress }) => ({ value: id, label: hasAddress ? name : `${name}（没有邮箱）` })),
      initial: list?.readers.flatMap((one) => ('personId' in one ? [one.personId] : [])) ?? [],
    },
    {
      name: 'outside',
      label: '其他收件人',
      kind: 'area',
      hint: '每行一人：姓名或单位，空格，邮箱',
      placeholder: '省政府办公厅值班室 duty@example.gov.cn',
      initial: outsideLines(list?.readers ?? []),
    },
    { name: 'isOn', label: '启用', kind: 'yes', initial: list?.isOn ?? true },
  ];
  const run = ({ people, outside, ...values }: Record<string, unknown>) =>
    reportSteps.putList(list?.id ?? null, {
      ...values,
      readers: [...(people as string[]).map((personId) => ({ personId })), ...readOutside((outside as string | null) ?? '')],
    });
  return (
    <FormDialog
      title={list === null ? '新增名单' : '修改名单'}
      okText="保存"
      fields={fields}
      effect="以后签发的报告按新名单发送；此前已发出的不受影响。"
      run={run}
      done="已保存"
      touches={REPORT_TOUCHES}
      testId="list"
      onClose={onClose}
    />
  );
}
