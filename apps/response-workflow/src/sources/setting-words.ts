import type { SourceSetting } from '@huiying/contracts';

const WORDS: Record<keyof SourceSetting, string> = {
  id: '标识',
  name: '名称',
  kind: '类型',
  channel: '渠道',
  url: '地址',
  pollSeconds: '间隔秒数',
  pollSecondsMost: '最长间隔秒数',
  belongsToCity: '本地信源',
  zone: '时区',
  heedsRobots: '遵守 robots.txt',
  silentAfterHours: '静默告警小时数',
  policies: '政策文件库',
  page: '网页识别',
  json: '接口映射',
};

const said = (value: unknown): string =>
  value === undefined || value === null ? '（无）' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** What an edit changed, for the audit trail: 间隔秒数 300 → 600. Pure. */
export function changesBetween(before: SourceSetting | null, after: SourceSetting): string {
  const keys = Object.keys(WORDS) as (keyof SourceSetting)[];
  const changed = keys.filter((key) => said(before?.[key]) !== said(after[key]));
  return changed.map((key) => `${WORDS[key]} ${said(before?.[key])} → ${said(after[key])}`).join('；') || '无改动';
}
