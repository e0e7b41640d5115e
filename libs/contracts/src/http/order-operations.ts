import type { z } from 'zod';
import { figuresQuery, figuresView } from './figures.js';
import { apiOrder, apiOrderEvents, apiOrderPage, apiOrderQuery, apiStepAnswer } from './order-api.js';
import { apiKnowledge, apiKnowledgePage, apiKnowledgeQuery, knowledgeSyncAnswer, knowledgeSyncRequest } from './knowledge.js';
import { reconcileRequest, reconciliation, reconciliationSide } from './reconciliations.js';
import { ORDER_STEP_REQUESTS, orderStepBy, type OrderStepName } from './orders.js';

/** One operation of the work orders' API, as it is documented and checked. */
export interface OrderOperation {
  id: string;
  method: 'get' | 'post';
  /** With {orderNo}, {day} or {entryId} in it. */
  path: string;
  summary: string;
  description: string;
  scope: 'orders:read' | 'orders:write' | 'figures:read' | 'knowledge:read';
  /** Names in ORDER_API_SCHEMAS. */
  request: string | null;
  query: z.ZodObject | null;
  answer: string;
}

const BASE = '/api/hotline/v1/orders';
const FIGURES = '/api/hotline/v1/figures';
const RECONCILIATIONS = '/api/hotline/v1/reconciliations/{day}';

/** What each step is called and when it may be taken. */
export const ORDER_STEP_SAID: Record<OrderStepName, [summary: string, description: string]> = {
  accept: ['受理', '待受理 → 待派单'],
  refuse: ['不予受理', '待受理、待派单 → 不予受理'],
  dispatch: ['派单、改派', '派给主办单位；对已派出的为改派，签收、办结、退单时限重新起算'],
  sign: ['签收', '待签收 → 已签收'],
  return: ['申请退单', '须在退单期限内提出（信息不足的不限）→ 退单审核中'],
  'rule-return': ['驳回退单', '退单审核中 → 原单位继续办理；同意退单的用 dispatch 改派'],
  extend: ['申请延期', '须在到期之前提出，不超过规则允许的次数和天数'],
  'rule-extension': ['审批延期', '同意的按工作日顺延办结期限'],
  contact: ['登记联系诉求人', '首次联系时间计入响应率'],
  progress: ['办理进展', '→ 办理中'],
  reply: ['答复', '→ 已答复待审核；并入的工单同时答复'],
  'send-back': ['审核不通过', '已答复待审核 → 办理中'],
  close: ['审核办结', '已答复待审核 → 已办结待回访；并入的工单同时办结'],
  'visit-result': ['回访结果', '满意 → 已归档；未解决或不满意 → 重办；未接 → 待再次回访'],
  rework: ['重办', '已办结、已归档 → 办理中，办结期限重新起算'],
  urge: ['催办', '立即通知承办单位'],
  supervise: ['督办', '立即通知承办单位'],
  join: ['并单', '→ 已并单，随主单办理，逐件答复'],
  split: ['拆单', '已并单 → 待派单'],
};

/** Request of a step at the API: who takes it, when, and what it asks for. */
export const ORDER_API_REQUESTS = Object.fromEntries(
  Object.entries(ORDER_STEP_REQUESTS).map(([action, schema]) => [action, apiRequest(schema)]),
) as Record<OrderStepName, z.ZodObject>;

/** The time of a visit is the step's own `at`. */
function apiRequest(schema: z.ZodObject): z.ZodObject {
  return 'at' in schema.shape ? schema.extend({ by: orderStepBy.shape.by }) : schema.extend(orderStepBy.shape);
}

const nameOf = (action: string) => `${action.replace(/(^|-)(\w)/g, (_, _dash: string, letter: string) => letter.toUpperCase())}Request`;

export const ORDER_API_SCHEMAS: Record<string, z.ZodType> = {
  Order: apiOrder,
  OrderPage: apiOrderPage,
  OrderEvents: apiOrderEvents,
  StepAnswer: apiStepAnswer,
  ReconcileRequest: reconcileRequest,
  Knowledge: apiKnowledge,
  KnowledgePage: apiKnowledgePage,
  KnowledgeSyncRequest: knowledgeSyncRequest,
  KnowledgeSyncAnswer: knowledgeSyncAnswer,
  Reconciliation: reconciliation,
  ReconciliationSide: reconciliationSide,
  Figures: figuresView,
  ...Object.fromEntries(Object.entries(ORDER_API_REQUESTS).map(([action, schema]) => [nameOf(action), schema])),
};

export const ORDER_OPERATIONS: readonly OrderOperation[] = [
  {
    id: 'listOrders',
    method: 'get',
    path: BASE,
    summary: '查询工单',
    description: '按最近变化的先后，逐页取完；changedSince 取上次之后有变化的',
    scope: 'orders:read',
    request: null,
    query: apiOrderQuery,
    answer: 'OrderPage',
  },
  {
    id: 'getOrder',
    method: 'get',
    path: `${BASE}/{orderNo}`,
    summary: '一张工单',
    description: '不含诉求人信息',
    scope: 'orders:read',
    request: null,
    query: null,
    answer: 'Order',
  },
  {
    id: 'getOrderEvents',
    method: 'get',
    path: `${BASE}/{orderNo}/events`,
    summary: '一张工单的经过',
    description: '按序号；与回调一一对应',
    scope: 'orders:read',
    request: null,
    query: null,
    answer: 'OrderEvents',
  },
  {
    id: 'getReconciliationSide',
    method: 'get',
    path: RECONCILIATIONS,
    summary: '对账：本系统一侧',
    description: '某日受理的全部工单的状态、序号和校验值，贵方自行比对',
    scope: 'orders:read',
    request: null,
    query: null,
    answer: 'ReconciliationSide',
  },
  {
    id: 'reconcile',
    method: 'post',
    path: RECONCILIATIONS,
    summary: '对账：提交贵方一侧',
    description: '逐单核对，列出差异和单号断号；同一日以最近一次为准，无需幂等键',
    scope: 'orders:write',
    request: 'ReconcileRequest',
    query: null,
    answer: 'Reconciliation',
  },
  {
    id: 'getFigures',
    method: 'get',
    path: FIGURES,
    summary: '统计：各单位各时段',
    description: '与周报、数据比较页同一口径；format=csv 时返回 CSV',
    scope: 'figures:read',
    request: null,
    query: figuresQuery,
    answer: 'Figures',
  },
  {
    id: 'searchKnowledge',
    method: 'get',
    path: '/api/hotline/v1/knowledge',
    summary: '知识库：搜索',
    description: '只给出有效的条目，最近变化的在前',
    scope: 'knowledge:read',
    request: null,
    query: apiKnowledgeQuery,
    answer: 'KnowledgePage',
  },
  {
    id: 'getKnowledge',
    method: 'get',
    path: '/api/hotline/v1/knowledge/{entryId}',
    summary: '知识库：一个条目',
    description: '失效、下线的也给出，见 state',
    scope: 'knowledge:read',
    request: null,
    query: null,
    answer: 'Knowledge',
  },
  {
    id: 'syncKnowledge',
    method: 'post',
    path: '/api/hotline/v1/knowledge-sync',
    summary: '知识库：同步',
    description:
      '取上次 cursor 之后有变化的条目（含失效、下线的），按变化先后；more 为 true 时接着取。想被告知而不是来取的，在回调登记 knowledge: true，回调的 action 为 knowledge-sync，entry 为条目',
    scope: 'knowledge:read',
    request: 'KnowledgeSyncRequest',
    query: null,
    answer: 'KnowledgeSyncAnswer',
  },
  ...(Object.keys(ORDER_STEP_SAID) as OrderStepName[]).map((action): OrderOperation => {
    const [summary, description] = ORDER_STEP_SAID[action];
    return {
      id: `${action.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Order`,
      method: 'post',
      path: `${BASE}/{orderNo}/${action}`,
      summary,
      description,
      scope: 'orders:write',
      request: nameOf(action),
      query: null,
      answer: 'StepAnswer',
    };
  }),
];

/** A request as another system would send it, with what comes back: shown in the handbook, and run by a spec against a real server. */
export interface OrderExample {
  summary: string;
  operation: string;
  orderNo: string;
  /** Of a step. */
  key?: string;
  query?: string;
  body?: unknown;
  status: number;
  /** What the answer holds at least. */
  answer: unknown;
}

const NO = 'WC20261123000101';
/** A step with the key that is recommended: ORDER_NO-ACTION-SEQ. */
const step = (
  summary: string,
  [action, seq]: [action: string, seq: number],
  body: unknown,
  answer: unknown,
  status = 200,
): OrderExample => ({
  summary,
  operation: `${action.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())}Order`,
  orderNo: NO,
  key: `${NO}-${action}-${seq}`,
  body,
  status,
  answer,
});

/** In this order, on an order that has just come in: each stands on what the ones before it left. */
export const ORDER_EXAMPLES: readonly OrderExample[] = [
  step(
    '派单',
    ['dispatch', 1],
    { by: '12345受理席03', leadUnit: '水务集团', coUnits: ['市住建局'], instruction: '当日到场' },
    { seq: 2, state: 'dispatched', order: { leadUnit: '水务集团', returns: 0 } },
  ),
  step(
    '没收到应答，原样重发：不重复',
    ['dispatch', 1],
    { by: '12345受理席03', leadUnit: '水务集团', coUnits: ['市住建局'], instruction: '当日到场' },
    { seq: 2, state: 'dispatched' },
  ),
  step(
    '同一个幂等键换了内容：拒绝',
    ['dispatch', 1],
    { by: '12345受理席03', leadUnit: '市教育局' },
    { code: 'idempotency-key-reused', status: 409 },
    409,
  ),
  step('还没签收就答复：拒绝', ['reply', 1], { by: '水务集团', text: '已修复' }, { code: 'order-not-signed', status: 409 }, 409),
  step('签收', ['sign', 1], { by: '何建国' }, { seq: 3, state: 'signed', order: { signedBy: '何建国' } }),
  step(
    '少了必填的字段：指明字段和规则',
    ['extend', 1],
    { by: '水务集团', workingDays: 0 },
    { code: 'bad-input', status: 400, faults: [{ field: 'workingDays' }, { field: 'reason' }] },
    400,
  ),
  step(
    '申请延期',
    ['extend', 2],
    { by: '水务集团', workingDays: 3, reason: '需停水更换主管道' },
    { state: 'signed', order: { pendingExtension: { workingDays: 3 } } },
  ),
  step(
    '同意延期',
    ['rule-extension', 1],
    { by: '12345督办席', granted: true, reason: '情况属实' },
    { order: { extensions: 1, pendingExtension: null } },
  ),
  step('办理进展', ['progress', 1], { by: '水务集团', text: '加压泵损坏，正在更换' }, { state: 'handling' }),
  step('催办', ['urge', 1], { by: '12345督办席', reason: '诉求人再次来电' }, { order: { urges: 1 } }),
  step(
    '答复',
    ['reply', 2],
    { by: '水务集团', text: '加压泵已更换，恢复供水。', mode: '电话', legalBasis: '城市供水条例第二十二条' },
    { state: 'replied' },
  ),
  step('审核办结', ['close', 1], { by: '12345审核席', opinion: '同意' }, { state: 'closed' }),
  step(
    '回访不满意：自动重办',
    ['visit-result', 1],
    { by: '12345回访席', at: '2026-11-23 10:00:00', result: '接通', resolved: '未解决', satisfaction: '不满意' },
    { state: 'handling', order: { reworks: 1 } },
  ),
  { summary: '查询工单', operation: 'getOrder', orderNo: NO, status: 200, answer: { orderNo: NO, state: 'handling', reworks: 1 } },
  { summary: '没有的工单', operation: 'getOrder', orderNo: 'WC0', status: 404, answer: { code: 'not-found', status: 404 } },
  {
    summary: '经过',
    operation: 'getOrderEvents',
    orderNo: NO,
    status: 200,
    answer: { items: [{ seq: 1, action: 'record' }, { seq: 2, action: 'dispatch' }, {}, {}, {}, {}, {}, {}, {}, {}] },
  },
  { summary: '最近变化的工单', operation: 'listOrders', orderNo: NO, query: '?limit=1', status: 200, answer: { items: [{ orderNo: NO }] } },
  {
    summary: '各单位一周的统计，与上一期并列',
    operation: 'getFigures',
    orderNo: NO,
    query: '?from=2026-11-23&to=2026-11-29&rival=previous',
    status: 200,
    answer: {
      step: 'whole',
      spans: [
        { firstDay: '2026-11-16', lastDay: '2026-11-22' },
        { firstDay: '2026-11-23', lastDay: '2026-11-29' },
      ],
      rows: [{ departmentId: null, departmentName: '全市' }, {}],
    },
  },
];
