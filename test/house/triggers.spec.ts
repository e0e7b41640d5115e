import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RULE_TRIGGERS, type RuleTrigger } from '@huiying/domain';
import { readRules } from '@huiying/settings';

const ROOT = resolve(__dirname, '../..');

/** Triggers that nothing in the product starts, and why. A rule under one can be looked up and tried (`npm run due`); it counts nowhere. */
const WITHOUT_A_DOOR: Partial<Record<RuleTrigger, string>> = {
  'opinion-detected': '外地样例（OP-07），本市未采用：预警的逐级上报按 config/escalation.yaml',
  'task-acknowledged': '外地样例（OP-08），本市未采用',
  'incident-occurred': '外地预案样例（OP-10），本市未采用：突发事件报送由应急值班系统办理',
  'accident-reported': '事故单位和应急管理部门之间的报送（OP-09），1至2小时，由应急值班系统办理，不经本系统',
  'casualties-changed': '事故报告单位的补报（OP-11），由应急值班系统办理，不经本系统',
  'message-received': '热线中心短信渠道的3分钟响应（HL-03），由热线话务系统计时',
  'order-overdue': '外地部门内控样例（HL-07），本市未采用：逾期催办按通知规则',
  'order-finished': '外地部门内控样例（HL-08），本市未采用：回访由热线办理并回写',
  'letter-received': '外地信箱样例（MB-01、MB-02），本市未采用',
  'page-error-reported': '网站纠错（MB-03），由国家纠错平台派单和计时',
  'information-made': '主动公开（GI-01），由政府信息公开系统办理',
  'disclosure-requested': '依申请公开（GI-02、GI-03），由政府信息公开系统办理',
  'opinion-sought': '征求第三方意见（GI-04），由政府信息公开系统办理',
  'budget-approved': '外地样例（GI-06），本市未采用',
  'duties-divided': '外地样例（SD-01），本市未采用',
  'petition-received': '信访（XF-01），由信访信息系统办理',
  'defect-found': '网络产品缺陷报告（SEC-04），由本单位网络安全管理办理',
};

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.spec.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}

/** Triggers at which the response workflow stamps clocks: named where a request to the book of deadlines is made. */
function doors(): Set<string> {
  const found = new Set<string>();
  for (const text of sources('apps/response-workflow/src'))
    for (const [, trigger] of text.matchAll(/(?:trigger: |\.stamp\(|\.owe\(\s*tx,\s*)'([a-z-]+)'/g)) found.add(trigger!);
  return found;
}

describe('triggers of the deadline rules', () => {
  const started = doors();
  const without = Object.keys(WITHOUT_A_DOOR);

  it('each have a door in the product, or stand here with the reason', () => {
    expect(RULE_TRIGGERS.filter((trigger) => !started.has(trigger)).sort()).toEqual([...without].sort());
  });

  it('are started under names that are known', () => {
    expect([...started].filter((trigger) => !RULE_TRIGGERS.some((known) => known === trigger))).toEqual([]);
  });

  it('that are excused as samples hold no rule that this pack adopts', () => {
    const rules = readRules(join(ROOT, 'config'));
    const adopted = new Set(rules.filter((rule) => rule.adopted).map((rule) => rule.trigger));
    const samples = Object.entries(WITHOUT_A_DOOR).filter(([, why]) => why.includes('未采用'));
    expect(samples.filter(([trigger]) => adopted.has(trigger as RuleTrigger)).map(([trigger]) => trigger)).toEqual([]);
  });
});
