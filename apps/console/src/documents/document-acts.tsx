import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { DocumentDetail } from '@huiying/contracts/http';
import { departmentChoices } from '../marks/department-choices.js';
import { actionOf } from '../alerts/alert-acts.js';
import { departmentsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { ActButton } from '../states/act-button.js';
import { FormDialog, type FormField } from '../states/form-dialog.js';
import { EndDialog } from './document-end.js';
import { DOCUMENT_TOUCHES } from './document-words.js';

type Asked = 'plan' | 'send-back' | 'publish' | 'interpret' | 'exempt' | 'assign' | 'edit';

const WORDS: Record<Asked, [button: string, done: string]> = {
  edit: ['修改', '已修改'],
  plan: ['编制解读方案', '方案已保存'],
  'send-back': ['退回', '已退回'],
  publish: ['登记公开', '已登记，解读时限开始计时'],
  interpret: ['登记解读', '已登记'],
  exempt: ['无需解读', '已列为无需解读'],
  assign: ['认领起草部门', '已认领'],
};
const EFFECTS: Partial<Record<Asked, string>> = {
  'send-back': '退回起草部门修改。',
  publish: '自公开之日的次日起算 3 个工作日；本市要求同步发布的，须同时登记解读网址。',
  interpret: '系统当场留存解读网页快照，并核查文件与解读是否互相链接；时限以解读发布时间为准。',
  exempt: '解读时限随即取消，须写明依据。',
};
/** Shown where they are lawful, or where what stands in the way should be seen. */
const ORDER: Asked[] = ['plan', 'publish', 'interpret', 'edit', 'assign', 'send-back', 'exempt'];

/** The lawful steps of a document; what is not possible now says why. */
export function DocumentActs({ item }: { item: DocumentDetail }) {
  const [open, setOpen] = useState<Asked | null>(null);
  const [ending, setEnding] = useState(false);
  const act = (name: string) => actionOf(item.actions, `document-${name}`);
  const plain = (step: string, done: string) => ({ run: () => steps.document(item.id, step), done, touches: DOCUMENT_TOUCHES });
  const submit = useStep(plain('submit', '已与解读方案一并报批'));
  const sign = useStep(plain('sign', '已签发'));
  const links = useStep(plain('check-links', '已核查'));
  const shown = ORDER.filter((name) => (name === 'assign' ? item.departmentId === null : act(name).allowed));
  return (
    <div className="sheet-acts no-print" data-testid="document-acts">
      {item.state === 'drafting' && (
        <ActButton type="primary" action={act('submit')} loading={submit.isPending} onClick={() => submit.mutate(undefined)}>
          随方案报批
        </ActButton>
      )}
      {item.state === 'submitted' && (
        <ActButton type="primary" action={act('sign')} loading={sign.isPending} onClick={() => sign.mutate(undefined)}>
          签发
        </ActButton>
      )}
      {shown.map((name) => (
        <ActButton key={name} action={act(name)} type={name === 'interpret' ? 'primary' : 'default'} onClick={() => setOpen(name)}>
          {WORDS[name][0]}
        </ActButton>
      ))}
      {item.interpretations.length > 0 && (
        <ActButton action={act('check-links')} loading={links.isPending} onClick={() => links.mutate(undefined)}>
          重新核查链接
        </ActButton>
      )}
      {act('end').allowed && (
        <ActButton action={act('end')} onClick={() => setEnding(true)}>
          登记失效
        </ActButton>
      )}
      {ending && <EndDialog item={item} onClose={() => setEnding(false)} />}
      {open !== null && <AskDialog item={item} asked={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

function AskDialog({ item, asked, onClose }: { item: DocumentDetail; asked: Asked; onClose: () => void }) {
  const { data: departments } = useQuery(departmentsQuery);
  const [title, done] = WORDS[asked];
  return (
    <FormDialog
      title={title}
      okText={asked === 'plan' ? '保存' : title}
      subject={item.title}
      testId={`document-${asked}`}
      width={640}
      danger={asked === 'exempt'}
      fields={fieldsOf(asked, item, departmentChoices(departments ?? []))}
      run={(values) => steps.document(item.id, asked === 'assign' ? 'edit' : asked, bodyOf(asked, values))}
      done={done}
      touches={DOCUMENT_TOUCHES}
      effect={EFFECTS[asked]}
      onClose={onClose}
    />
  );
}

/** What was left empty is left out of a plan: the server keeps it as far as it is. */
function bodyOf(asked: Asked, values: Record<string, unknown>): Record<string, unknown> {
  return asked === 'plan' || asked === 'edit' ? Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) : values;
}

function fieldsOf(asked: Asked, { plan, choices, ...item }: DocumentDetail, departments: { value: string; label: string }[]): FormField[] {
  const options = (names: readonly string[]) => names.map((value) => ({ value, label: value }));
  switch (asked) {
    case 'plan':
      return [
        {
          name: 'outline',
          label: '解读提纲',
          kind: 'area',
          rows: 5,
          initial: plan?.outline,
          placeholder: '背景依据、目标任务、主要内容、涉及范围、执行标准',
        },
        { name: 'forms', label: '解读形式', kind: 'many', choices: options(choices.forms), initial: plan?.forms },
        { name: 'channels', label: '解读渠道', kind: 'many', choices: options(choices.channels), initial: plan?.channels },
        { name: 'plannedOn', label: '解读时间', kind: 'day', initial: plan?.plannedOn ?? undefined },
        { name: 'responsible', label: '责任人', kind: 'line', initial: plan?.responsible, placeholder: '主要负责人为第一解读人和责任人' },
      ];
    case 'publish':
      return [
        { name: 'url', label: '文件网址', kind: 'address', missing: '请填写文件网址' },
        { name: 'publishedAt', label: '公开时间', kind: 'instant', missing: '请填写公开时间' },
        item.syncMode === 'publish'
          ? { name: 'interpretationUrl', label: '同步发布的解读网址', kind: 'address', missing: '本市要求同步发布，请填写解读网址' }
          : { name: 'interpretationUrl', label: '同步发布的解读网址（如有）', kind: 'address' },
      ];
    case 'interpret':
      return [
        { name: 'title', label: '解读标题', kind: 'line', most: 300, missing: '请填写标题' },
        { name: 'url', label: '解读网址', kind: 'address', missing: '请填写解读网址' },
        { name: 'publishedAt', label: '发布时间', kind: 'instant', missing: '请填写发布时间' },
        { name: 'form', label: '形式', kind: 'select', choices: options(choices.forms), missing: '请选择形式', initial: choices.forms[0] },
        {
          name: 'channels',
          label: '渠道',
          kind: 'many',
          choices: options(choices.channels),
          missing: '请选择渠道',
          initial: [choices.channels[0]],
        },
        {
          name: 'elements',
          label: '要素清单（带 * 为必备）',
          kind: 'checks',
          choices: choices.elements.map(({ key, name, demanded }) => ({ value: key, label: demanded ? `${name} *` : name })),
        },
        { name: 'copiedReason', label: '确非照抄的说明（仅在系统提示照抄时填写）', kind: 'line' },
      ];
    case 'assign':
      return [{ name: 'departmentId', label: '起草（牵头）部门', kind: 'select', choices: departments, missing: '请选择起草部门' }];
    case 'edit':
      return [
        { name: 'title', label: '标题', kind: 'line', most: 300, initial: item.title, missing: '请填写标题' },
        { name: 'documentNo', label: '文号', kind: 'line', initial: item.documentNo ?? undefined },
        { name: 'kind', label: '类别', kind: 'select', choices: options(choices.kinds), initial: item.kind, missing: '请选择类别' },
        { name: 'text', label: '正文（填写则替换）', kind: 'area', rows: 5, most: 200_000 },
      ];
    case 'send-back':
    case 'exempt':
      return [{ name: 'reason', label: asked === 'exempt' ? '依据' : '理由', kind: 'area', missing: '请写明理由' }];
  }
}
