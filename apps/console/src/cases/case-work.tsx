import { Dropdown } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CaseDetail, CaseworkView } from '@huiying/contracts/http';
import { actionOf } from '../alerts/alert-acts.js';
import { caseworkQuery, casesQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { isMisread, mayBeAccident } from '../casework/casework-panels.js';
import { InvestigationDialog } from '../casework/investigation-panel.js';
import { RumourDialog } from '../casework/rumours-panel.js';
import { SEVERITIES, SEVERITY_MARKS } from '../marks/labels.js';
import { FormDialog, type FormField } from '../states/form-dialog.js';
import { usePages } from '../states/use-pages.js';

const WORDS = {
  relevel: '升级 / 降级',
  supervise: '督办',
  merge: '并案',
  split: '拆案',
  reopen: '重开',
  evaluate: '效果评估',
  archive: '归档',
  investigate: '登记事故调查',
  rumour: '认定不实信息',
} as const;
type Work = keyof typeof WORDS;
const OVER: readonly Work[] = ['evaluate', 'archive', 'reopen'];
const TOUCHES = ['cases', 'board', 'tasks', 'deadlines', 'alerts'];
const because = (placeholder: string): FormField => ({ name: 'reason', label: '理由', kind: 'area', missing: '请写明理由', placeholder });

/** Which steps are offered at all; what is offered and not possible says why. */
function offered(item: CaseDetail): readonly Work[] {
  const { state } = item;
  if (state === 'merged') return ['split'];
  if (state === 'closed') return OVER;
  if (state === 'archived') return [];
  const seldom = [mayBeAccident(item) ? [] : ['investigate' as const], isMisread(item) ? [] : ['rumour' as const]].flat();
  return ['relevel', 'supervise', 'merge', ...seldom];
}

/** Steps on the case as a whole, behind one button: they are taken seldom. */
export function CaseWork({ item }: { item: CaseDetail }) {
  const [open, setOpen] = useState<Work | null>(null);
  const { data: casework } = useQuery(caseworkQuery(item.id));
  const works = offered(item);
  if (works.length === 0) return null;
  const items = works.map((work) => {
    const { allowed, whyNot } = permitOf(work, item, casework);
    return {
      key: work,
      disabled: !allowed,
      label: (
        <span title={whyNot ?? undefined} data-testid={`work-${work}`}>
          {WORDS[work]}
        </span>
      ),
    };
  });
  return (
    <>
      <Dropdown menu={{ items, onClick: ({ key }) => setOpen(key as Work) }} trigger={['click']}>
        <button type="button" className="plain-button" data-testid="case-work">
          更多办理
        </button>
      </Dropdown>
      {open !== null && <WorkDialog item={item} work={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function permitOf(work: Work, item: CaseDetail, casework: CaseworkView | undefined) {
  if (work === 'investigate') return actionOf(casework?.investigation.actions ?? [], 'begin');
  if (work === 'rumour') return actionOf(casework?.rumourActions ?? [], 'find');
  return actionOf(item.actions, work);
}

function WorkDialog({ item, work, onClose }: { item: CaseDetail; work: Work; onClose: () => void }) {
  const common = {
    title: `${WORDS[work]} ${item.caseNo}`,
    okText: WORDS[work],
    subject: item.title,
    testId: work,
    touches: TOUCHES,
    onClose,
  };
  switch (work) {
    case 'investigate':
      return <InvestigationDialog item={item} step="begin" occurredAt={null} onClose={onClose} />;
    case 'rumour':
      return <RumourDialog item={item} onClose={onClose} />;
    case 'relevel':
      return <RelevelDialog item={item} common={common} />;
    case 'merge':
      return <MergeDialog item={item} common={common} />;
    case 'evaluate':
      return (
        <FormDialog
          {...common}
          fields={[
            {
              name: 'text',
              label: '评估意见',
              kind: 'area',
              rows: 5,
              missing: '请写评估意见（不少于 10 字）',
              placeholder: '回应是否及时、是否答其所问、舆情如何变化、承诺是否落实、改进意见',
            },
          ]}
          run={({ text }) => steps.evaluate(item.id, String(text))}
          done="已评估"
          effect="评估后可归档；“回应效果评估”时限停表。"
        />
      );
    case 'archive':
      return <FormDialog {...common} fields={[]} run={() => steps.archive(item.id)} done="已归档" effect="归档后不能再重开。" />;
    case 'supervise':
      return (
        <FormDialog
          {...common}
          fields={[because('如：两小时未签收，请主要负责同志过问')]}
          run={({ reason }) => steps.because(item.id, work, String(reason))}
          done="已督办，已通知各承办单位"
          effect="立即通知各承办单位负责人，督办意见显示在单头并记入时间线。"
        />
      );
    case 'reopen':
      return (
        <FormDialog
          {...common}
          fields={[because('如：同一问题再次发生')]}
          run={({ reason }) => steps.because(item.id, work, String(reason))}
          done="已重开"
          effect="重开后可要求重办或重新交办；原办结记录保留。"
        />
      );
    case 'split':
      return (
        <FormDialog
          {...common}
          fields={[because('如：经核实为两件事')]}
          run={({ reason }) => steps.because(item.id, work, String(reason))}
          done="已拆案"
          effect="恢复单独办理，时限按原起算时间重新计；已转到主单的任务留在主单。"
        />
      );
  }
}

type Common = { title: string; okText: string; subject: string; testId: string; touches: readonly string[]; onClose: () => void };

function RelevelDialog({ item, common }: { item: CaseDetail; common: Common }) {
  const choices = SEVERITIES.filter((level) => level !== item.severity).map((value) => ({
    value,
    label: `${SEVERITY_MARKS[value].numeral}级 ${SEVERITY_MARKS[value].word}`,
  }));
  return (
    <FormDialog
      {...common}
      fields={[
        { name: 'severity', label: '改为', kind: 'select', missing: '请选择级别', choices },
        because('如：核实疏散人数已超过一万人'),
      ]}
      run={(values) => steps.relevel(item.id, values as never)}
      done="级别已调整，时限已随之调整"
      effect="时限按新级别增减，起算时间不变；已发布的证据立即计入。通知各承办单位。"
    />
  );
}

function MergeDialog({ item, common }: { item: CaseDetail; common: Common }) {
  const list = usePages(casesQuery('sort=newest&state=opened,assigned,handling,responded'));
  const choices = (list.items ?? [])
    .filter(({ id }) => id !== item.id)
    .map((one) => ({ value: one.id, label: `${one.caseNo} ${one.title}` }));
  return (
    <FormDialog
      {...common}
      fields={[
        { name: 'intoCaseId', label: '并入', kind: 'select', missing: '请选择主单', choices, placeholder: '搜索单号、标题' },
        because('如：同一起火情'),
      ]}
      run={(values) => steps.merge(item.id, values as never)}
      done="已并案"
      effect="未办完的任务转到主单，本单时限随主单；只能并入更早且级别不低的舆情单。"
    />
  );
}
