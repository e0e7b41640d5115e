import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail, InvestigationView } from '@huiying/contracts/http';
import { departmentChoices } from '../marks/department-choices.js';
import { departmentsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { ActButton } from '../states/act-button.js';
import { FormDialog, type FormField } from '../states/form-dialog.js';
import { fullTime, monthDayTime } from '../time/beijing.js';

type Item = Pick<CaseDetail, 'id' | 'title' | 'severity' | 'leadDepartment'>;
export type InvestigationStep = 'begin' | 'report' | 'approve';
const STATE_WORDS = { none: '未登记', begun: '调查中', reported: '报告已提交，待批复', approved: '已批复' } as const;
const STEP_WORDS: Record<InvestigationStep, string> = { begin: '登记调查', report: '登记报告', approve: '登记批复' };
const NEXT: Record<InvestigationView['state'], InvestigationStep | null> = {
  none: 'begin',
  begun: 'report',
  reported: 'approve',
  approved: null,
};

/** An accident's investigation: who investigates since when, and what comes next; its clocks stand with the others. */
export function InvestigationPanel({ item, investigation }: { item: Item; investigation: InvestigationView }) {
  const [open, setOpen] = useState<InvestigationStep | null>(null);
  const next = NEXT[investigation.state];
  const action = investigation.actions.find((one) => one.action === next);
  const said: [string, string | null][] = [
    ['事故发生', investigation.occurredAt],
    ['调查开始', investigation.begunAt],
    ['收到报告', investigation.reportedAt],
    ['批复', investigation.approvedAt],
  ];
  return (
    <section className="panel" aria-labelledby="investigation-head" data-testid="investigation-panel">
      <div className="panel-head">
        <h2 id="investigation-head">事故调查</h2>
        <span className="small quiet">{STATE_WORDS[investigation.state]}</span>
      </div>
      <div className="panel-body casework-body">
        {investigation.state === 'none' ? (
          <p className="small quiet">成立事故调查组的，在此登记；调查报告自事故发生之日起 60 日内提交（国务院令第493号第29条）。</p>
        ) : (
          <>
            <p>
              {investigation.team}
              {investigation.departmentName !== null && <span className="quiet"> · 责任单位 {investigation.departmentName}</span>}
            </p>
            <p>
              {said
                .filter(([, at]) => at !== null)
                .map(([word, at]) => `${word} ${monthDayTime(at!)}`)
                .join(' · ')}
            </p>
            <p className="small quiet">
              {investigation.changedBy} {fullTime(investigation.changedAt!)} 登记
            </p>
          </>
        )}
        {next !== null && action !== undefined && (
          <div className="sheet-acts no-print">
            <ActButton action={{ ...action, action: `investigation-${next}` }} size="small" onClick={() => setOpen(next)}>
              {STEP_WORDS[next]}
            </ActButton>
          </div>
        )}
      </div>
      {open !== null && <InvestigationDialog item={item} step={open} occurredAt={investigation.occurredAt} onClose={() => setOpen(null)} />}
    </section>
  );
}

interface DialogProps {
  item: Item;
  step: InvestigationStep;
  /** As the case has it; asked for where nobody has stated it. */
  occurredAt: string | null;
  onClose: () => void;
}

export function InvestigationDialog({ item, step, occurredAt, onClose }: DialogProps) {
  const { data: departments = [] } = useQuery(departmentsQuery);
  const choices = departmentChoices(departments);
  return (
    <FormDialog
      title={STEP_WORDS[step]}
      okText="登记"
      subject={item.title}
      testId={`investigation-${step}`}
      fields={step === 'begin' ? beginFields(item, occurredAt, choices) : PAPER[step]}
      effect={effectOf(step, item)}
      run={(values) => steps.investigation(item.id, step, values)}
      done="已登记"
      touches={['cases', 'board', 'deadlines']}
      onClose={onClose}
    />
  );
}

const proof = (label: string): FormField[] => [
  { name: 'url', label: '网址', kind: 'address' },
  { name: 'file', label: `${label}（没有网址时必须上传）`, kind: 'file' },
];

function beginFields(item: Item, occurredAt: string | null, choices: FormField['choices']): FormField[] {
  const occurred: FormField = { name: 'occurredAt', label: '事故发生时间', kind: 'instant', missing: '请填写事故发生时间' };
  return [
    { name: 'team', label: '调查组', kind: 'line', missing: '请填写由谁调查', placeholder: '如：市政府“11·20”较大火灾事故调查组' },
    {
      name: 'departmentId',
      label: '责任单位',
      kind: 'select',
      initial: item.leadDepartment?.departmentId,
      choices,
      hint: '时限提醒发给它',
    },
    ...(occurredAt === null ? [occurred] : []),
    { name: 'publishedAt', label: '调查开始时间', kind: 'instant', missing: '请填写调查开始时间' },
    { name: 'note', label: '依据', kind: 'area', missing: '请写明依据', placeholder: '如：市政府关于成立事故调查组的通知，及文号' },
    ...proof('成立调查组的文件'),
  ];
}

const PAPER: Record<Exclude<InvestigationStep, 'begin'>, FormField[]> = {
  report: [
    { name: 'publishedAt', label: '收到报告的时间', kind: 'instant', missing: '请填写收到报告的时间' },
    { name: 'note', label: '报告名称和主要结论', kind: 'area', missing: '请写明报告名称和主要结论' },
    ...proof('调查报告'),
  ],
  approve: [
    { name: 'publishedAt', label: '批复时间', kind: 'instant', missing: '请填写批复时间' },
    { name: 'note', label: '批复名称、文号', kind: 'area', missing: '请写明批复名称、文号' },
    ...proof('批复'),
  ],
};

function effectOf(step: InvestigationStep, { severity }: Item): string {
  if (step === 'begin')
    return '“事故调查报告”时限开始计时：自事故发生之日起 60 日，末日逢休息日顺延。调查未结束的舆情单不能办结。登记不可删除。';
  if (step === 'approve') return '“事故调查报告批复”时限按批复时间停表，登记不可删除。';
  return `“事故调查报告”时限按收到时间停表；“批复”时限开始计时：自收到之日起 ${severity === 'I' ? 30 : 15} 日。登记不可删除。`;
}
