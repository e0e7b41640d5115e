import type { OpinionDetail, OpinionView } from '@huiying/contracts/http';
import type { OpinionDetailRow, OpinionRow } from '@huiying/persistence';

const SNIPPET = 120;

/** Channels as people call them. */
export const CHANNEL_NAMES: Record<string, string> = {
  news: '新闻',
  weibo: '微博',
  wechat: '微信',
  forum: '论坛',
  'gov-site': '政府网站',
  hotline: '12345热线',
  other: '其他',
};

/** @param q what was searched for: the snippet shows where it stands */
export function toOpinionView(row: OpinionRow, q: string | undefined): OpinionView {
  return {
    id: row.id,
    title: row.title,
    snippet: snippetOf(row.text, q),
    sourceId: row.sourceId,
    sourceName: row.sourceName,
    channel: row.channel,
    url: row.url,
    publishedAt: row.publishedAt?.toISOString() ?? null,
    capturedAt: row.capturedAt.toISOString(),
    flagged: row.flagged,
    severity: row.flagged ? (row.severity as OpinionView['severity']) : null,
    topic: row.topicCode === null ? null : { code: row.topicCode, name: row.topicName ?? row.topicCode },
    leadDepartment:
      row.leadDepartmentId === null ? null : { departmentId: row.leadDepartmentId, name: row.leadDepartmentName ?? row.leadDepartmentId },
    storyId: row.storyId,
    storySize: row.storySize,
    alertId: row.alertId,
    caseId: row.caseId,
  };
}

export function toOpinionDetail(row: OpinionDetailRow, siblings: readonly OpinionRow[]): OpinionDetail {
  return {
    ...toOpinionView(row, undefined),
    text: row.text,
    author: row.author,
    sha256: row.sha256,
    revision: row.revision,
    orderNo: row.orderNo,
    judgement: row.judgement,
    relation: row.relation as OpinionDetail['relation'],
    similarity: row.similarity,
    siblings: siblings
      .filter((one) => one.id !== row.id)
      .map(({ id, title, sourceName, capturedAt }) => ({ id, title, sourceName, capturedAt: capturedAt.toISOString() })),
    alertDecision: { outcome: row.alertOutcome, reason: row.alertReason },
  };
}

/** The beginning of a text, or the part around the first searched word. Pure. */
export function snippetOf(text: string, q: string | undefined): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const word = q
    ?.trim()
    .toLowerCase()
    .split(/\s+/)
    .find((one) => line.toLowerCase().includes(one));
  const found = word ? line.toLowerCase().indexOf(word) : 0;
  const from = found > SNIPPET / 2 ? found - 30 : 0;
  const characters = [...line.slice(from)];
  const cut = characters.length > SNIPPET ? `${characters.slice(0, SNIPPET).join('')}…` : characters.join('');
  return from > 0 ? `…${cut}` : cut;
}
