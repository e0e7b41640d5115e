import type { ReportBlock } from '@huiying/contracts/http';
import { changeText, localTimeText, spanText } from '@huiying/domain';
import type { KeyStoryRow } from '@huiying/persistence';
import type { ReportData } from './report-data.js';
import { rivalWord } from './unfinished.js';

/** Each case that was open in the span: what, trend, who, and whether the first public word came in time. Pure. */
export function keyStoryBlocks({ stories, departmentName, period, asOf, isFinal }: ReportData): ReportBlock[] {
  if (stories.length === 0)
    return [
      {
        kind: 'paragraph',
        text: '本期没有在办的舆情单。',
        cites: [{ text: '舆情单', link: `/cases?from=${period.firstDay}&to=${period.lastDay}&state=&by=open` }],
      },
    ];
  return stories.map((story, i) => ({
    kind: 'paragraph',
    text: `${i + 1}. ${story.title}（${story.severity}级）。${trend(story, rivalWord({ isFinal }))}${lead(story, departmentName)}${firstWord(story, asOf)}${end(story)}`,
    cites: [{ text: story.caseNo, link: `/cases/${story.caseId}` }],
  }));
}

function trend({ firstSeenAt, opinionsNow, opinionsThen, sources }: KeyStoryRow, rival: string): string {
  return `${localTimeText(firstSeenAt)} 首次发现，本期 ${opinionsNow} 条，比${rival}${changeText(opinionsNow, opinionsThen)}，涉及信源 ${sources.length} 个。`;
}

function lead({ leadDepartmentId }: KeyStoryRow, departmentName: (id: string) => string): string {
  return leadDepartmentId === null ? '尚未确定牵头单位。' : `牵头单位：${departmentName(leadDepartmentId)}。`;
}

function firstWord({ firstSeenAt, firstWordAt, answerRule, answerDueAt, answerMetAt }: KeyStoryRow, asOf: Date): string {
  const word =
    firstWordAt === null
      ? '尚未公开回应'
      : `${localTimeText(firstWordAt)} 首次公开回应，距首次发现 ${spanText(firstWordAt.getTime() - firstSeenAt.getTime())}`;
  if (answerRule === null || answerDueAt === null) return `${word}。`;
  const by = `${answerRule}时限 ${localTimeText(answerDueAt)}`;
  if (answerMetAt !== null) return `${word}，${by}，${answerMetAt <= answerDueAt ? '按时' : '逾期'}。`;
  return `${word}，${by}，${answerDueAt < asOf ? '已逾期' : '尚未到期'}。`;
}

function end({ closedAt }: KeyStoryRow): string {
  return closedAt === null ? '仍在办理。' : `已于 ${localTimeText(closedAt)} 办结。`;
}
