import type {
  AlertState,
  CaseState,
  DispositionClass,
  KeyCategory,
  Role,
  Severity,
  SourceView,
  StatementState,
  TaskState,
} from '@huiying/contracts/http';

/** The trade's words for what the API names in English. */
export const SEVERITY_MARKS: Record<Severity, { numeral: string; word: string }> = {
  I: { numeral: 'Ⅰ', word: '特别重大' },
  II: { numeral: 'Ⅱ', word: '重大' },
  III: { numeral: 'Ⅲ', word: '较大' },
  IV: { numeral: 'Ⅳ', word: '一般' },
};
export const SEVERITIES: Severity[] = ['I', 'II', 'III', 'IV'];

/** 国办发〔2016〕61号: 需重点回应的五类, and the sixth that 安徽 adds. */
export const KEY_CATEGORY_WORDS: Record<KeyCategory, string> = {
  'policy-misread': '重大政策存在误解误读',
  'vital-interest': '涉及公众切身利益且影响较大',
  'moral-shock': '民生领域严重冲击道德底线',
  emergency: '突发事件处置和自然灾害应对',
  'superior-request': '上级政府要求主动回应',
  'social-hotspot': '公众关注的社会热点',
};

/** 国办发〔2016〕80号: 分类处置. */
export const DISPOSITION_WORDS: Record<DispositionClass, string> = {
  constructive: '建设性意见',
  difficulty: '实际困难',
  'grave-problem': '重大问题',
  unclear: '不了解、模糊认识',
  mistaken: '错误看法',
};

export const ALERT_STATE_WORDS: Record<AlertState, string> = {
  open: '未处置',
  seen: '已知悉',
  confirmed: '已定级',
  'false-alarm': '误报',
  merged: '已并案',
};
export const CASE_STATE_WORDS: Record<CaseState, string> = {
  opened: '待交办',
  assigned: '待签收',
  handling: '处置中',
  responded: '已回应',
  closed: '已办结',
  archived: '已归档',
  merged: '已并案',
};
export const TASK_STATE_WORDS: Record<TaskState, string> = {
  assigned: '待签收',
  acknowledged: '处置中',
  returned: '已退回',
  replied: '已反馈',
  closed: '已办结',
};
export const STATEMENT_STATE_WORDS: Record<StatementState, string> = {
  draft: '起草中',
  review: '保密审查中',
  cleared: '待审批',
  approved: '已批准待发布',
  published: '已发布',
  withdrawn: '已作废',
};
export const SOURCE_STATE_WORDS: Record<SourceView['state'], string> = {
  ok: '正常',
  failing: '抓取失败',
  silent: '静默',
  paused: '已暂停',
};
export const ROLE_WORDS: Record<Role, string> = {
  'duty-officer': '值班员',
  'department-lead': '部门负责人',
  supervisor: '带班领导',
  administrator: '系统管理员',
};
export const DUTY_WORDS = { officer: '值班员', leader: '带班领导' } as const;
export const ASSIGNMENT_WORDS = { lead: '牵头', co: '协办' } as const;
export const EVIDENCE_WORDS = {
  statement: '首次权威信息',
  'press-conference': '新闻发布会',
  clarification: '不实信息澄清',
  interpretation: '政策解读',
  reply: '部门反馈',
  acknowledgement: '签收',
  report: '事故调查材料',
} as const;
export const RELATION_WORDS: Record<string, string> = { first: '首发', exact: '原文转载', near: '近似内容', matter: '同一事由' };

const CHANNEL_WORDS: Record<string, string> = {
  hotline: '12345 热线',
  'gov-site': '政府网站',
  news: '新闻',
  forum: '论坛',
  weibo: '微博',
  wechat: '公众号',
  other: '其他',
};
export const channelWord = (channel: string): string => CHANNEL_WORDS[channel] ?? channel;
