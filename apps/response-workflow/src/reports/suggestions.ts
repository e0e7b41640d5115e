import type { ReportBlock, ReportCite } from '@huiying/contracts/http';
import { localTimeText, spanText } from '@huiying/domain';
import type { ReportData } from './report-data.js';
import { rivalWord } from './unfinished.js';

const NAMED = 5;

/** What the figures call for, each with what it stands on; nothing is suggested that nothing stands behind. Pure. */
export function suggestionBlocks(data: ReportData): ReportBlock[] {
  const blocks = [...supervise(data), ...answer(data), ...rising(data), ...watch(data)];
  return blocks.length > 0
    ? blocks
    : [
        {
          kind: 'paragraph',
          text: '本期没有逾期未办结事项、未回应的舆情单或中断的信源，无督办建议。',
          cites: [{ text: '时限规则', link: '/rules' }],
        },
      ];
}

function paragraph(text: string, cites: ReportCite[]): ReportBlock {
  return { kind: 'paragraph', text, cites };
}

function supervise({ overdue, asOf, departmentName }: ReportData): ReportBlock[] {
  const byDepartment = new Map<string | null, typeof overdue>();
  for (const line of overdue) byDepartment.set(line.departmentId, [...(byDepartment.get(line.departmentId) ?? []), line]);
  return [...byDepartment].map(([id, lines]) => {
    const longest = spanText(asOf.getTime() - lines[0]!.dueAt.getTime());
    return paragraph(
      `建议督办：${id === null ? '值班室' : departmentName(id)}有 ${lines.length} 个时限逾期未办结，最长已逾期 ${longest}。`,
      lines.slice(0, NAMED).map(({ no, link }) => ({ text: no, link })),
    );
  });
}

function answer({ stories }: ReportData): ReportBlock[] {
  const silent = stories.filter(({ firstWordAt, closedAt }) => firstWordAt === null && closedAt === null);
  if (silent.length === 0) return [];
  return [
    paragraph(
      `建议尽快公开回应：${silent.length} 份在办舆情单尚无公开回应。`,
      silent.slice(0, NAMED).map(({ caseNo, caseId }) => ({ text: caseNo, link: `/cases/${caseId}` })),
    ),
  ];
}

/** 热线事项 that at least doubled, and are more than a handful. */
function rising({ hotlineTopics, period, isFinal }: ReportData): ReportBlock[] {
  return hotlineTopics
    .filter(({ now, then }) => now >= 10 && now >= 2 * then)
    .map(({ code, name, now, then }) =>
      paragraph(`建议研究“${name}”来件增多的原因：本期 ${now} 件，${rivalWord({ isFinal })} ${then} 件。`, [
        { text: name, link: `/opinions?from=${period.firstDay}&to=${period.lastDay}&channel=hotline&topic=${code}` },
      ]),
    );
}

function watch({ unseen, sourceName }: ReportData): ReportBlock[] {
  const lasting = unseen.filter(({ to }) => to === null);
  if (lasting.length === 0) return [];
  return [
    paragraph(
      `建议检修：${lasting.length} 个信源至今未恢复监测，最早的自 ${localTimeText(lasting[0]!.from)} 起中断。`,
      lasting
        .slice(0, NAMED)
        .map(({ sourceId }) => ({ text: sourceName(sourceId), link: `/sources?source=${encodeURIComponent(sourceId)}` })),
    ),
  ];
}
