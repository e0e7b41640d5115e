import type { StoryView } from '@huiying/contracts/http';
import { localTimeText } from '@huiying/domain';

const ALERT_SAID: Record<NonNullable<StoryView['alert']>['state'], string> = {
  open: '未处置',
  seen: '已知悉',
  confirmed: '已定级',
  'false-alarm': '误报',
  merged: '已并案',
};
const time = (at: string) => localTimeText(new Date(at));

/** What an export says of a story, in the order of its columns. */
export const STORY_COLUMNS: readonly [string, (story: StoryView) => string][] = [
  ['热度', ({ heat }) => String(heat.heat)],
  ['突增', ({ surge }) => (surge.isSurge ? `24小时${surge.last24h}条，往常${surge.expected.toFixed(1)}条` : '')],
  ['事件', ({ title }) => title],
  ['信息条数', ({ opinionCount }) => String(opinionCount)],
  ['其中热线', ({ hotlineCount }) => String(hotlineCount)],
  ['信源数', ({ sourceCount }) => String(sourceCount)],
  ['首次', ({ firstSeenAt }) => time(firstSeenAt)],
  ['最近', ({ lastSeenAt }) => time(lastSeenAt)],
  ['预警', ({ alert }) => (alert === null ? '' : ALERT_SAID[alert.state])],
  ['固定人', ({ fixedBy }) => fixedBy ?? ''],
  ['疑似同一事件', ({ candidateCount }) => String(candidateCount)],
  ['事件编号', ({ id }) => id],
];
