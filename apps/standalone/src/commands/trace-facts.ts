import { CONTRACTS, TOPICS, type Topic } from '@huiying/contracts';
import { localTimeText } from '@huiying/domain';
import type { TracedEvent } from '@huiying/persistence';
import type { z } from 'zod';

type DataOf<T extends Topic> = z.infer<(typeof CONTRACTS)[T][1]>['data'];

const time = (instant: string): string => localTimeText(new Date(instant));
const late = (isLate: boolean, word: string): string => (isLate ? `（${word}）` : '');
const VERDICTS = { ours: '本地', 'not-ours': '非本地', unsure: '属地存疑' };
const RELATIONS = { first: '新事件', exact: '同文并入', near: '近似并入' };
const KEY_ACTS = { made: '生成接口密钥', 'last-day-set': '设定接口密钥最后一天', ended: '停用接口密钥', 'system-changed': '修改接口权限' };
const REGROUPED = { merge: '并案', separate: '撤销并案', split: '拆案', fix: '固定事件', unfix: '取消固定' };

/** The facts of each kind of event that an officer would ask for first. */
const FACTS: { [T in Topic]: (data: DataOf<T>) => string } = {
  [TOPICS.opinionCollected]: (d) => `采集《${d.title}》 ${d.sourceName}${d.revision > 1 ? ` 第 ${d.revision} 版` : ''}`,
  [TOPICS.opinionClassified]: ({ judgement: j, story }) => {
    const lead = j.departments.find((department) => department.role === 'lead');
    const verdict = j.publicOpinion.verdict ? `政务舆情，建议 ${j.severity.level} 级` : '非政务舆情';
    return `研判：${VERDICTS[j.jurisdiction.verdict]}，${verdict}${j.topic ? `，${j.topic.name}` : ''}${lead ? `，牵头 ${lead.name}` : ''}，${story.by === 'matter' ? '同事由并入' : RELATIONS[story.relation]}`;
  },
  [TOPICS.storyRelated]: (d) =>
    d.verdict === 'same' ? `并案：${d.otherStoryId} 并入 ${d.storyId}` : `疑似同一事件：${d.otherStoryId} 与 ${d.storyId}`,
  [TOPICS.storyRegrouped]: (d) => `${d.by} ${REGROUPED[d.kind]}：${d.reason}`,
  [TOPICS.sourceReported]: (d) => `信源 ${d.name}：${d.state}${d.error ? `，${d.error}` : ''}`,
  [TOPICS.sourceUnseen]: (d) => `信源 ${d.sourceId}：${time(d.from)} 起未看到${d.to === null ? '' : `，${time(d.to)} 恢复`}`,
  [TOPICS.sourceCommanded]: (d) => `${d.by.name} 要求：${d.command.kind} ${d.sourceId}`,
  [TOPICS.sourceTried]: (d) => `试采：${d.outcome === 'read' ? `读到 ${d.items.length} 条` : d.said}`,
  [TOPICS.hotlineOrderReceived]: (d) => `热线工单 ${d.orderNo} 第 ${d.version} 版${d.leadUnit ? `，主办 ${d.leadUnit}` : ''}`,
  [TOPICS.policyDocumentFound]: (d) => `发现政策文件《${d.title}》 ${d.sourceName}${d.revision > 1 ? ` 第 ${d.revision} 版` : ''}`,
  [TOPICS.schemeChanged]: (d) => `方案“${d.name}”第 ${d.revision} 版：${d.state}，${d.changedBy}`,
  [TOPICS.alertRaised]: (d) => `预警：建议 ${d.suggestedSeverity} 级，${d.reason}`,
  [TOPICS.caseOpened]: (d) => `立案 ${d.caseNo}：定 ${d.severity} 级，${d.deadlines.length} 个时限起算`,
  [TOPICS.taskAssigned]: (d) => `交办 ${d.departmentId}（${d.role === 'lead' ? '牵头' : '协办'}），${time(d.acknowledgeDueAt)} 前签收`,
  [TOPICS.taskAcknowledged]: (d) => `签收：${d.departmentId}${late(d.late, '超时')}`,
  [TOPICS.deadlineWarned]: (d) => `时限预警：${d.ruleId} 已用 ${d.percent}%，${time(d.dueAt)} 到期${late(d.late, '补发')}`,
  [TOPICS.deadlineBreached]: (d) => `时限逾期：${d.ruleId}，应于 ${time(d.dueAt)} 前${late(d.late, '补发')}`,
  [TOPICS.noticeRequested]: (d) => `告知：${d.title}`,
  [TOPICS.judgementCorrected]: (d) =>
    `${d.by} 复核研判：${d.aspect} ${d.was === d.now ? `${d.now} 无误` : `${d.was ?? '无'} 改为 ${d.now}`}`,
  [TOPICS.learningAsked]: (d) => `${d.by} 要求：${d.wish === 'learn' ? '重新学习' : `启用 ${d.model ?? '词表'}`}`,
  [TOPICS.modelReported]: (d) => `模型：${d.said}`,
  [TOPICS.apiKeyChanged]: (d) => `${d.by} ${KEY_ACTS[d.act]}：${d.system}${d.reason === null ? '' : `，${d.reason}`}`,
};

/** An event of a kind or version that today's code does not read is shown by its version, not hidden. */
export function factsOf(event: TracedEvent['event']): string {
  const contracts: Record<string, Record<number, z.ZodType<{ data: unknown }>> | undefined> = CONTRACTS;
  const read = contracts[event.type]?.[event.version]?.safeParse(event);
  const facts = (FACTS as Record<string, ((data: unknown) => string) | undefined>)[event.type];
  return read?.success && facts ? facts(read.data.data) : `（第 ${event.version} 版，不能解读）`;
}
