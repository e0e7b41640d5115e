import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail, CaseworkView } from '@huiying/contracts/http';
import { departmentChoices } from '../marks/department-choices.js';
import { caseworkQuery, departmentsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useSession } from '../session/session.js';
import { ActButton } from '../states/act-button.js';
import { Folded } from '../states/folded.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { FormDialog, type FormField } from '../states/form-dialog.js';
import { Loading } from '../states/loading.js';
import { fullTime, monthDayTime } from '../time/beijing.js';
import { InvestigationPanel } from './investigation-panel.js';
import { CommitmentRow } from './commitment-row.js';
import { RumoursPanel } from './rumours-panel.js';

const TOUCHES = ['cases', 'commitments', 'board', 'deadlines'];
const CONFERENCE_WORDS = { none: '未安排', planned: '已安排', held: '已召开', waived: '经批准不举行' } as const;
type Item = Pick<CaseDetail, 'id' | 'title' | 'caseNo' | 'state' | 'deadlines' | 'severity' | 'keyCategory' | 'leadDepartment'>;

/** The press conference, claims found to be false, the investigation, the analysis for the leaders, and what was promised. */
export function CaseworkPanels({ item }: { item: Item }) {
  const { data, error, refetch } = useQuery(caseworkQuery(item.id));
  if (data === undefined)
    return error === null ? <Loading lines={3} /> : <Failure error={error} what="发布会与承诺" onRetry={() => void refetch()} />;
  const owes = item.deadlines.some(({ ruleId }) => ruleId === 'OP-02') || data.conference.state !== 'none';
  return (
    <>
      {owes && <ConferencePanel item={item} conference={data.conference} />}
      {(isMisread(item) || data.rumours.length > 0) && <RumoursPanel item={item} casework={data} />}
      {(mayBeAccident(item) || data.investigation.state !== 'none') && (
        <InvestigationPanel item={item} investigation={data.investigation} />
      )}
      {data.analysis !== null && <AnalysisPanel item={item} analysis={data.analysis} />}
      <CommitmentsPanel item={item} data={data} />
    </>
  );
}

/** Where an investigation is looked for on the page; of other cases it is stated under 更多办理. */
export function mayBeAccident({ severity, keyCategory }: Pick<CaseDetail, 'severity' | 'keyCategory'>): boolean {
  return keyCategory === 'emergency' || severity === 'I' || severity === 'II';
}

/** Where false claims are looked for on the page; on other cases the first is stated under 更多办理. */
export function isMisread({ keyCategory }: Pick<CaseDetail, 'keyCategory'>): boolean {
  return keyCategory === 'policy-misread';
}

function ConferencePanel({ item, conference }: { item: Item; conference: CaseworkView['conference'] }) {
  const [open, setOpen] = useState<'plan' | 'hold' | 'waive' | null>(null);
  const act = (name: 'plan' | 'hold' | 'waive', word: string) => {
    const action = conference.actions.find((one) => one.action === name)!;
    return (
      <ActButton action={{ ...action, action: `conference-${name}` }} size="small" onClick={() => setOpen(name)}>
        {word}
      </ActButton>
    );
  };
  return (
    <section className="panel" aria-labelledby="conference-head" data-testid="conference-panel">
      <div className="panel-head">
        <h2 id="conference-head">新闻发布会</h2>
        <span className="small quiet">{CONFERENCE_WORDS[conference.state]}</span>
      </div>
      <div className="panel-body casework-body">
        {conference.plannedFor !== null && (
          <p>
            {monthDayTime(conference.plannedFor)} {conference.place}，发布人 {conference.spokesperson}
          </p>
        )}
        {conference.reason !== null && (
          <p>
            <Folded text={`不举行的理由：${conference.reason}`} />
          </p>
        )}
        {conference.record !== null && <p className="statement-text">{conference.record}</p>}
        {conference.changedAt !== null && (
          <p className="small quiet">
            {conference.changedBy} {monthDayTime(conference.changedAt)} 登记
          </p>
        )}
        {conference.state !== 'held' && (
          <div className="sheet-acts no-print">
            {act('plan', conference.state === 'planned' ? '改期' : '安排')}
            {act('hold', '登记召开')}
            {act('waive', '批准不举行')}
          </div>
        )}
      </div>
      {open !== null && <ConferenceDialog item={item} step={open} onClose={() => setOpen(null)} />}
    </section>
  );
}

const CONFERENCE: Record<'plan' | 'hold' | 'waive', { title: string; effect: string; fields: FormField[] }> = {
  plan: {
    title: '安排新闻发布会',
    effect: '安排不停表；召开并登记实录后停表。',
    fields: [
      { name: 'plannedFor', label: '时间', kind: 'future-instant', missing: '请填写时间' },
      { name: 'place', label: '地点', kind: 'line', missing: '请填写地点' },
      { name: 'spokesperson', label: '发布人', kind: 'line', missing: '请填写发布人', placeholder: '主要负责人为“第一新闻发言人”' },
    ],
  },
  hold: {
    title: '登记召开',
    effect: '“新闻发布会”时限按召开时间停表，登记不可删除。',
    fields: [
      { name: 'publishedAt', label: '召开时间', kind: 'instant', missing: '请填写召开时间' },
      { name: 'record', label: '实录或纪要', kind: 'area', rows: 6, most: 20_000, missing: '请登记实录（不少于 10 字）' },
      { name: 'url', label: '网址', kind: 'address' },
      { name: 'file', label: '照片、录像或材料（没有网址时必须上传）', kind: 'file' },
    ],
  },
  waive: {
    title: '批准不举行新闻发布会',
    effect: '“新闻发布会”时限取消，批准人和理由记入时间线和审计日志。',
    fields: [{ name: 'reason', label: '理由', kind: 'area', missing: '请写明理由（不少于 10 字）' }],
  },
};

function ConferenceDialog({ item, step, onClose }: { item: Item; step: 'plan' | 'hold' | 'waive'; onClose: () => void }) {
  const { title, effect, fields } = CONFERENCE[step];
  return (
    <FormDialog
      title={title}
      okText="确定"
      subject={item.title}
      testId={`conference-${step}`}
      fields={fields}
      effect={effect}
      run={(values) => steps.conference(item.id, step, values)}
      done="已登记"
      touches={TOUCHES}
      onClose={onClose}
    />
  );
}

const PARTS: [keyof Pick<NonNullable<CaseworkView['analysis']>, 'nature' | 'trend' | 'risks' | 'proposal'>, string][] = [
  ['nature', '事件性质'],
  ['trend', '舆情走势'],
  ['risks', '可能出现的风险'],
  ['proposal', '预控处置意见'],
];

function AnalysisPanel({ item, analysis }: { item: Item; analysis: NonNullable<CaseworkView['analysis']> }) {
  const [open, setOpen] = useState(false);
  const isOver = ['closed', 'archived', 'merged'].includes(item.state);
  return (
    <section className="panel" aria-labelledby="analysis-head" data-testid="analysis-panel">
      <div className="panel-head">
        <h2 id="analysis-head">舆情分析报告</h2>
        <span className="small quiet">
          {analysis.submittedAt !== null
            ? `${analysis.submittedBy} ${fullTime(analysis.submittedAt)} 提交`
            : analysis.writtenAt === null
              ? '尚未起草'
              : `草稿，缺 ${analysis.missing.join('、') || '无'}`}
        </span>
        {!isOver && (
          <button type="button" className="plain-button push no-print" onClick={() => setOpen(true)} data-testid="write-analysis">
            {analysis.writtenAt === null ? '起草' : '修改'}
          </button>
        )}
      </div>
      {analysis.writtenAt !== null && (
        <dl className="casework-body panel-body">
          {PARTS.map(([part, word]) => (
            <div key={part}>
              <dt className="small quiet">{word}</dt>
              <dd>{analysis[part] || <span className="overdue-word">未写</span>}</dd>
            </div>
          ))}
        </dl>
      )}
      {open && (
        <FormDialog
          title="舆情分析报告"
          okText="保存"
          subject={item.title}
          width={680}
          testId="analysis"
          fields={[
            ...PARTS.map(([name, label]): FormField => ({ name, label, kind: 'area', most: 8_000, initial: analysis[name] })),
            { name: 'submit', label: '提交（四项缺一不可，提交后“舆情分析报告”时限停表）', kind: 'yes' },
          ]}
          run={(values) => steps.analyse(item.id, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? ''])))}
          done="已保存"
          touches={TOUCHES}
          onClose={() => setOpen(false)}
        />
      )}
    </section>
  );
}

function CommitmentsPanel({ item, data }: { item: Item; data: CaseworkView }) {
  const [draft, setDraft] = useState<{ text?: string; departmentId?: string | null; dueOn?: string | null; source?: string } | null>(null);
  const { data: departments = [] } = useQuery(departmentsQuery);
  const { role } = useSession().person;
  const mayAdd = role === 'duty-officer' || role === 'supervisor';
  return (
    <section className="panel" aria-labelledby="commitments-head" data-testid="commitments-panel">
      <div className="panel-head">
        <h2 id="commitments-head">承诺</h2>
        <span className="small quiet">向公众作出的承诺，凭公开的证据兑现</span>
        {mayAdd && (
          <button type="button" className="plain-button push no-print" onClick={() => setDraft({})} data-testid="add-commitment">
            登记承诺
          </button>
        )}
      </div>
      {data.commitments.length === 0 && data.suggestions.length === 0 && (
        <Empty title="没有登记的承诺">反馈或口径中作出的承诺会在这里提示，确认后进入台账。</Empty>
      )}
      {data.commitments.map((one) => (
        <CommitmentRow key={one.id} item={one} isInCase />
      ))}
      {data.suggestions.map((one, at) => (
        <div key={at} className="task-line" data-testid="commitment-suggestion">
          <p>“{one.text}”</p>
          <p className="small quiet">
            见于{one.source}
            {one.dueText !== null && `，时间：${one.dueText}`}
            {mayAdd && (
              <button type="button" className="plain-button no-print" onClick={() => setDraft(one)}>
                登入台账
              </button>
            )}
          </p>
        </div>
      ))}
      {draft !== null && (
        <FormDialog
          title="登记承诺"
          okText="登记"
          subject={item.title}
          testId="commitment"
          fields={[
            { name: 'text', label: '承诺内容', kind: 'area', missing: '请写承诺内容', initial: draft.text },
            {
              name: 'departmentId',
              label: '责任单位',
              kind: 'select',
              missing: '请选择责任单位',
              initial: draft.departmentId ?? undefined,
              choices: departmentChoices(departments),
            },
            { name: 'dueOn', label: '期限', kind: 'day', initial: draft.dueOn },
          ]}
          run={(values) => steps.promise(item.id, { ...values, ...(draft.source ? { source: draft.source } : {}) })}
          done="已登入承诺台账"
          touches={TOUCHES}
          onClose={() => setDraft(null)}
        />
      )}
    </section>
  );
}
