/** The closed lists a deadline rule is written with; settings check files against them. */

/** Hours run on; working days skip days off; natural days (自然日) run on and are moved off a day off at their end. */
export const RULE_UNITS = ['hours', 'workingDays', 'naturalDays'] as const;
export type RuleUnit = (typeof RULE_UNITS)[number];

/** What makes a clock owed. One trigger = one moment at which stampDeadlines is called. */
export const RULE_TRIGGERS = [
  'opinion-detected', // 监测发现一般网络政务舆情 (OP-07)
  'case-opened', // 研判定级 (OP-01, OP-02, OP-03)
  'statement-published', // 首次回应之后、每次发布之后 (OP-04)
  'rumour-found', // 发现虚假、不完整信息 (OP-05)
  'analysis-required', // 定级为可能的重大敏感舆情 (OP-14)
  'case-closed', // 办结 (OP-15)
  'task-assigned', // 交办 (TK-01)
  'task-acknowledged', // 认领 (OP-08)
  'jurisdiction-disputed', // 退回并对职责有异议 (TK-02)
  'accident-reported', // 接到事故报告 (OP-09)
  'incident-occurred', // 突发事件发生 (OP-10)
  'casualties-changed', // 伤亡人数变化 (OP-11)
  'investigation-begun', // 事故调查 (OP-12a)
  'investigation-reported', // 收到事故调查报告 (OP-12b)
  'document-published', // 政策文件公开 (PI-01)
  'message-received', // 短信、网络等渠道来件 (HL-03)
  'order-dispatched', // 派单 (HL-04, HL-06)
  'order-returnable', // 派单到达，可退单 (HL-05)
  'order-overdue', // 到期未办 (HL-07)
  'order-finished', // 办结单到达 (HL-08)
  'letter-received', // 信箱来信、政民互动 (MB-01, MB-02)
  'page-error-reported', // 网站纠错 (MB-03)
  'information-made', // 政府信息形成或变更 (GI-01)
  'disclosure-requested', // 收到信息公开申请 (GI-02, GI-03)
  'opinion-sought', // 书面征求意见 (GI-04)
  'budget-approved', // 人大审议通过 (GI-06)
  'duties-divided', // 分工通知公布 (SD-01)
  'petition-received', // 收到信访事项 (XF-01)
  'defect-found', // 发现涉国家安全、公共利益的缺陷 (SEC-04)
] as const;
export type RuleTrigger = (typeof RULE_TRIGGERS)[number];

/** A fact a clock may start from, and how it is called; each is stated by somebody. */
export const START_FACTS = {
  occurred: '事件发生',
  detected: '首次发现',
  confirmed: '研判确认',
  assigned: '交办',
  acknowledged: '签收',
  disputed: '提出管辖异议',
  'statement-published': '发布权威信息',
  'rumour-found': '发现不实信息',
  closed: '办结',
  'document-published': '文件公开',
  received: '收到',
  reported: '接到报告',
  dispatched: '工单派发',
  expired: '到期',
  made: '信息形成或变更',
  approved: '审议通过',
  published: '公布',
} as const;
export type StartFact = keyof typeof START_FACTS;

/** What can stop a clock. Never a draft. */
export const EVIDENCE_KINDS = [
  'statement',
  'press-conference',
  'clarification',
  'interpretation',
  'reply',
  'acknowledgement',
  'evaluation',
  'analysis', // 舆情分析报告提交
  'ruling', // 管辖争议已裁定、改派或接办
  'report', // 向上级或有关部门报告
  'disclosure', // 信息已公开或已答复申请人
  'return', // 已退单
  'urging', // 已催办、通报
  'visit', // 已回访
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What the clock stands for in the life of a case; closing and the case's state look at this, not at ids. */
export const MILESTONES = [
  'first-response',
  'press-conference',
  'reminder',
  'evaluation',
  'acknowledgement',
  'interpretation',
  'handling',
  'clarification',
  'analysis',
  'jurisdiction',
  'report',
  'disclosure',
  'window', // a time within which something may be done (退单); its end is no breach
  'visit',
] as const;
export type Milestone = (typeof MILESTONES)[number];

/** 门禁 · 比率 · 次数 · 每年固定日期 · 周期 · 留存 · 连续值守 · 未查到定数 */
export const STANDARD_KINDS = ['gate', 'ratio', 'count', 'yearly-date', 'period', 'retention', 'continuous', 'unknown'] as const;
export type StandardKind = (typeof STANDARD_KINDS)[number];
