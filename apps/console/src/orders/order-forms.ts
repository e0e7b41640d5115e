import type { DepartmentView, OrderDetail, OrderStepName } from '@huiying/contracts/http';
import type { FormField } from '../states/form-dialog.js';

/** What a step asks; null where it asks nothing. */
export interface StepForm {
  fields: FormField[];
  effect?: string;
  danger?: boolean;
}

type Choices = { value: string; label: string }[];

const area = (name: string, label: string, missing?: string, rows = 3): FormField => ({
  name,
  label,
  kind: 'area',
  rows,
  ...(missing ? { missing } : {}),
});
const reason = (label = '理由'): FormField => area('reason', label, `请写明${label}`);
const choices = (words: readonly string[]) => words.map((word) => ({ value: word, label: word }));

/** Each step that asks more than a reason. */
const FORMS: Partial<Record<OrderStepName, (order: OrderDetail, units: Choices) => StepForm>> = {
  dispatch: (order, units) => ({
    fields: [
      {
        name: 'leadUnit',
        label: '主办单位',
        kind: 'select',
        choices: units,
        missing: '请选择主办单位',
        initial: order.pendingReturn?.suggestedUnit ?? undefined,
      },
      { name: 'coUnits', label: '协办单位', kind: 'many', choices: units },
      area('instruction', '办理要求'),
    ],
    effect: '派单后通知主办单位，签收、办结、退单时限自派单起算。',
  }),
  return: (_, units) => ({
    fields: [
      {
        name: 'ground',
        label: '因何退单',
        kind: 'select',
        initial: 'not-ours',
        missing: '请选择',
        choices: [
          { value: 'not-ours', label: '非本单位职责' },
          { value: 'insufficient', label: '信息不足' },
        ],
      },
      reason('退单理由'),
      { name: 'suggestedUnit', label: '建议改派', kind: 'select', choices: units },
    ],
    effect: '由值班台审核；审核期间时限照走。',
  }),
  extend: () => ({
    fields: [{ name: 'workingDays', label: '延长的工作日', kind: 'number', most: 60, missing: '请填写工作日数' }, reason('延期理由')],
    effect: '须在到期之前提出，由值班台审批；批准前原期限有效。',
  }),
  'rule-extension': (order) => ({
    fields: [
      {
        name: 'granted',
        label: `延长 ${order.pendingExtension?.amount ?? ''} 个工作日：${order.pendingExtension?.reason ?? ''}`,
        kind: 'select',
        missing: '请选择',
        choices: [
          { value: 'true', label: '同意' },
          { value: 'false', label: '不同意' },
        ],
      },
      reason('审批意见'),
    ],
  }),
  contact: () => ({ fields: [area('text', '联系情况', '请写明联系情况')] }),
  progress: () => ({ fields: [area('text', '办理进展', '请写明进展')] }),
  reply: (order) => ({
    fields: [
      area('text', '答复内容', '请写答复内容', 6),
      { name: 'mode', label: '答复方式', kind: 'select', choices: choices(['电话', '短信', '当面', '书面', '网上']) },
      area('legalBasis', '依据', undefined, 2),
    ],
    effect:
      order.joined.length === 0
        ? '答复后由值班台审核办结，再回访诉求人。'
        : `同时答复并入的 ${order.joined.length} 张工单，每位诉求人都会得到答复。`,
  }),
  close: () => ({ fields: [area('opinion', '审核意见')], effect: '办结后回访诉求人。' }),
  'visit-result': () => ({
    fields: [
      { name: 'at', label: '回访时间', kind: 'instant', missing: '请填写回访时间' },
      { name: 'result', label: '接通情况', kind: 'select', choices: choices(['接通', '未接']), missing: '请选择' },
      { name: 'resolved', label: '解决情况', kind: 'select', choices: choices(['已解决', '部分解决', '未解决', '无法解决']) },
      { name: 'satisfaction', label: '满意度', kind: 'select', choices: choices(['非常满意', '满意', '基本满意', '不满意']) },
      area('comment', '诉求人意见', undefined, 2),
      { name: 'exempt', label: '剔除评价（不计入三率）', kind: 'yes' },
    ],
    effect: '未解决或不满意的，自动重办并计次；未接通的，待再次回访。',
  }),
  supervise: () => ({
    fields: [{ name: 'level', label: '督办级别', kind: 'select', choices: choices(['一般', '重点', '挂牌']), missing: '请选择' }, reason()],
    effect: '立即通知承办单位负责人。',
  }),
  join: () => ({
    fields: [{ name: 'parentNo', label: '主单号', kind: 'line', missing: '请填写主单号' }],
    effect: '并入后随主单办理；主单答复时逐件答复，各自回访。',
  }),
  refuse: () => ({ fields: [reason()], danger: true, effect: '须向诉求人说明理由。' }),
};

/** The form of a step; null where it asks nothing. */
export function formOf(action: OrderStepName, order: OrderDetail, departments: readonly DepartmentView[]): StepForm | null {
  if (action === 'sign' || action === 'accept' || action === 'split') return null;
  const units = departments.map(({ name }) => ({ value: name, label: name }));
  return FORMS[action]?.(order, units) ?? { fields: [reason()] };
}

/** What the server takes: a choice of yes or no as one. */
export function bodyOf(action: OrderStepName, values: Record<string, unknown>): Record<string, unknown> {
  return action === 'rule-extension' ? { ...values, granted: values.granted === 'true' } : values;
}
