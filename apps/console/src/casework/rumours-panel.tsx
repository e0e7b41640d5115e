import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail, CaseworkView, RumourView } from '@huiying/contracts/http';
import { departmentChoices } from '../marks/department-choices.js';
import { actionOf } from '../alerts/alert-acts.js';
import { departmentsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { OrganName } from '../marks/organ-name.js';
import { StateTag } from '../marks/state-tag.js';
import { ActButton } from '../states/act-button.js';
import { FormDialog, type FormField } from '../states/form-dialog.js';
import { monthDayTime } from '../time/beijing.js';

type Item = Pick<CaseDetail, 'id' | 'title' | 'leadDepartment'>;
const TOUCHES = ['cases', 'board', 'deadlines'];
const STATES = {
  open: ['moving', '待澄清'],
  clarified: ['done', '已澄清'],
  withdrawn: ['aside', '已撤回认定'],
} as const;

/** Claims found to be false, each with what was said against it; the clock of each stands with the others. */
export function RumoursPanel({ item, casework }: { item: Item; casework: CaseworkView }) {
  const [isOpen, setOpen] = useState(false);
  const find = actionOf(casework.rumourActions, 'find');
  return (
    <section className="panel" aria-labelledby="rumours-head" data-testid="rumours-panel">
      <div className="panel-head">
        <h2 id="rumours-head">不实信息</h2>
        <span className="small quiet">核实后认定，2 小时内公开澄清</span>
        <span className="push no-print">
          <ActButton action={{ ...find, action: 'rumour-find' }} size="small" onClick={() => setOpen(true)}>
            认定不实信息
          </ActButton>
        </span>
      </div>
      {casework.rumours.length === 0 && (
        <p className="panel-body small quiet">没有认定的不实信息。网传说法经主管部门核实不属实或不完整的，在此认定。</p>
      )}
      {casework.rumours.map((one) => (
        <RumourRow key={one.id} item={item} rumour={one} />
      ))}
      {isOpen && <RumourDialog item={item} onClose={() => setOpen(false)} />}
    </section>
  );
}

function RumourRow({ item, rumour }: { item: Item; rumour: RumourView }) {
  const [open, setOpen] = useState<'clarify' | 'withdraw' | null>(null);
  const [look, word] = STATES[rumour.state];
  const act = (name: 'clarify' | 'withdraw', label: string) => (
    <ActButton action={{ ...actionOf(rumour.actions, name), action: `rumour-${name}` }} size="small" onClick={() => setOpen(name)}>
      {label}
    </ActButton>
  );
  return (
    <div className="task-line" data-testid="rumour-row" data-state={rumour.state}>
      <p className="task-line-head">
        <b>“{rumour.claim}”</b>
        <StateTag look={look} word={word} state={rumour.state} />
      </p>
      <p>核实：{rumour.finding}</p>
      {rumour.note !== null && (
        <p className="task-said">
          {rumour.state === 'clarified' ? '澄清：' : '撤回：'}
          {rumour.note}{' '}
          {rumour.proofUrl !== null && (
            <a href={rumour.proofUrl} target="_blank" rel="noreferrer noopener">
              公开链接
            </a>
          )}
        </p>
      )}
      <p className="small quiet">
        {rumour.departmentName !== null && (
          <>
            <OrganName name={rumour.departmentName} /> ·{' '}
          </>
        )}
        {monthDayTime(rumour.foundAt)} 发现
        {rumour.url !== null && (
          <>
            {'，见于'}
            <a href={rumour.url} target="_blank" rel="noreferrer noopener">
              原帖
            </a>
          </>
        )}
        {rumour.clarifiedAt !== null && `，${monthDayTime(rumour.clarifiedAt)} 澄清`}
        {rumour.isReferred && ' · 线索已移交公安、网信'} · {rumour.statedBy}认定
      </p>
      {rumour.state === 'open' && (
        <div className="sheet-acts no-print">
          {act('clarify', '登记澄清')}
          {act('withdraw', '撤回认定')}
        </div>
      )}
      {open === 'clarify' && (
        <FormDialog
          title="登记澄清"
          okText="登记"
          subject={rumour.claim}
          testId="rumour-clarify"
          fields={CLARIFY}
          effect="本条“虚假信息澄清”时限按发布时间停表，登记不可删除。同时是首次权威信息的，请用“登记证据”，两个时限一并停表。"
          run={(values) => steps.settleRumour(rumour.id, 'clarify', values)}
          done="已登记澄清"
          touches={TOUCHES}
          onClose={() => setOpen(null)}
        />
      )}
      {open === 'withdraw' && (
        <FormDialog
          title="撤回认定"
          okText="撤回"
          subject={item.title}
          testId="rumour-withdraw"
          fields={[{ name: 'reason', label: '理由', kind: 'area', missing: '请写明理由', placeholder: '如：经再核实，所传属实' }]}
          effect="本条“虚假信息澄清”时限取消，理由记入时间线和审计日志。"
          run={(values) => steps.settleRumour(rumour.id, 'withdraw', values)}
          done="已撤回"
          touches={TOUCHES}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

const CLARIFY: FormField[] = [
  { name: 'publishedAt', label: '澄清发布时间', kind: 'instant', missing: '请填写澄清发布时间' },
  {
    name: 'note',
    label: '澄清要点',
    kind: 'area',
    missing: '请写明澄清要点',
    placeholder: '如：市政府门户网站发布说明，市、县公众号同步转发',
  },
  { name: 'url', label: '网址', kind: 'address' },
  { name: 'file', label: '截图（没有网址时必须上传）', kind: 'file' },
];

/** States a claim to be false; the clock of clarifying it starts. */
export function RumourDialog({ item, onClose }: { item: Item; onClose: () => void }) {
  const { data: departments = [] } = useQuery(departmentsQuery);
  const fields: FormField[] = [
    { name: 'claim', label: '网传说法', kind: 'area', missing: '请写明网传说法', placeholder: '照原话摘录，只写事，不写发布人个人信息' },
    { name: 'url', label: '原帖网址', kind: 'address' },
    { name: 'finding', label: '核实情况', kind: 'area', missing: '请写明核实情况', placeholder: '由哪个部门、如何核实，实际情况是什么' },
    {
      name: 'departmentId',
      label: '澄清单位',
      kind: 'select',
      initial: item.leadDepartment?.departmentId,
      choices: departmentChoices(departments),
      hint: '时限提醒发给它',
    },
    { name: 'foundAt', label: '发现时间（不填为现在）', kind: 'instant' },
    { name: 'isReferred', label: '涉嫌造谣传谣的线索已移交公安、网信', kind: 'yes' },
  ];
  return (
    <FormDialog
      title="认定不实信息"
      okText="认定"
      subject={item.title}
      testId="rumour-find"
      fields={fields}
      effect="“虚假信息澄清”时限自发现时起 2 小时（系统默认，法律规定为“及时”）；澄清前本单不能办结。"
      run={(values) => steps.findRumour(item.id, { ...values, isReferred: values.isReferred === true })}
      done="已认定，开始计时"
      touches={TOUCHES}
      onClose={onClose}
    />
  );
}
