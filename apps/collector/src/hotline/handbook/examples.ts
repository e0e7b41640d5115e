/** A request as a hotline would send it, with what comes back: shown in the handbook, and run by its spec against a real server. */
export interface Example {
  name: string;
  summary: string;
  body: unknown;
  status: number;
  /** What the answer holds at least. */
  answer: unknown;
}

const ORDER = {
  orderNo: 'WC20261123000101',
  version: 1,
  title: '小区停水',
  content: '青梧区和平里小区停水三天，物业说不清何时恢复。',
  appealType: '投诉',
  urgency: '紧急',
  source: '电话',
  category: '供水',
  region: '青梧区',
  address: '望川市青梧区学府街道和平里小区3栋',
  receivedAt: '2026-11-23 08:30:00',
  occurredAt: '2026-11-20 22:00:00',
  caller: { name: '李桂兰', phone: '13812345678' },
};

/** In this order: each stands on what the ones before it left. */
export const EXAMPLES: readonly Example[] = [
  {
    name: 'one',
    summary: '推送一张工单',
    body: ORDER,
    status: 200,
    answer: { accepted: 1, unchanged: 0, rejected: 0, results: [{ index: 0, orderNo: ORDER.orderNo, outcome: 'accepted' }] },
  },
  {
    name: 'again',
    summary: '没收到应答，原样重推：不重复',
    body: ORDER,
    status: 200,
    answer: { accepted: 0, unchanged: 1, results: [{ outcome: 'unchanged' }] },
  },
  {
    name: 'progress',
    summary: '工单有了进展：版本号加大',
    body: {
      ...ORDER,
      version: 2,
      leadUnit: '市水务局',
      dispatchedAt: '2026-11-23 09:00:00',
      signedAt: '2026-11-23 09:20:00',
      dueAt: '2026-11-30 17:30:00',
      processLog: [{ at: '2026-11-23 10:00:00', by: '市水务局', text: '已到现场，加压泵损坏，正在更换' }],
    },
    status: 200,
    answer: { accepted: 1, results: [{ outcome: 'accepted' }] },
  },
  {
    name: 'batch',
    summary: '批量推送：好的照收，坏的逐条说明',
    body: {
      records: [
        { orderNo: 'WC20261123000102', content: '学府路路灯不亮', receivedAt: '2026-11-23 08:40:00' },
        { orderNo: 'WC20261123000103', content: '占道经营', receivedAt: '2026-02-30 08:00:00' },
        { ...ORDER, content: '内容改了，版本号没有加大' },
      ],
    },
    status: 200,
    answer: {
      accepted: 1,
      unchanged: 1,
      rejected: 1,
      results: [{ outcome: 'accepted' }, { outcome: 'rejected', faults: [{ field: 'receivedAt' }] }, { outcome: 'unchanged' }],
    },
  },
  {
    name: 'no-list',
    summary: '整个请求不收：records 不是列表',
    body: { records: {} },
    status: 400,
    answer: { code: 'bad-input', status: 400, faults: [{ field: 'records' }] },
  },
];
