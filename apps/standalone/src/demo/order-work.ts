import type { HotlineRecordInput, OrderStepName } from '@huiying/contracts/http';
import { Chance } from './chance.js';
import { localStamp } from './moments.js';

const HOUR = 3_600_000;

/** A step that is taken on a work order of the demo city. */
export interface OrderWorkStep {
  action: OrderStepName;
  request: Record<string, unknown>;
  at: Date;
  /** Whether the handling unit takes it; else the desk does. */
  byUnit: boolean;
}

export interface WorkedOrder {
  orderNo: string;
  category: string | null;
  dispatchedAt: Date | null;
}

/** What happened to a dispatched order until an instant: most in time, some late, some returned, put off or done again. */
export function orderWork(order: WorkedOrder, until: Date): OrderWorkStep[] {
  if (order.dispatchedAt === null) return [];
  const chance = new Chance(`work ${order.orderNo}`);
  const kind = chance.next();
  const matter = order.category ?? '所反映的问题';
  const steps: OrderWorkStep[] = [];
  let at = order.dispatchedAt.getTime();
  const then = (hours: number, action: OrderStepName, request: Record<string, unknown>, byUnit = true) => {
    at += hours * HOUR * (0.5 + chance.next());
    steps.push({ action, request, at: new Date(at), byUnit });
  };
  if (kind < 0.05) {
    then(5, 'return', { reason: `经核，${matter}事项不属本单位职责，附三定规定`, ground: 'not-ours', suggestedUnit: null });
    return steps.filter((step) => step.at <= until);
  }
  then(kind < 0.12 ? 40 : 4, 'sign', {});
  then(2, 'contact', { text: '已电话联系诉求人，约定现场查看' });
  if (kind < 0.2) then(6, 'extend', { workingDays: chance.whole(3, 8), reason: '需会同相关单位现场勘查并施工' });
  if (kind < 0.17 && kind > 0.12) then(3, 'rule-extension', { granted: true, reason: '情况属实，同意延期' }, false);
  then(8, 'progress', { text: `已到现场核查${matter}，${chance.pick(['正在协调施工单位', '已下达整改通知', '正在调取资料核实'])}` });
  if (kind > 0.2 && kind < 0.27) then(30, 'urge', { reason: '诉求人再次来电，请尽快办理' }, false);
  if (kind > 0.2 && kind < 0.23) then(2, 'supervise', { level: '重点', reason: '同一区域多人反映' }, false);
  then(kind < 0.3 ? 90 : 30, 'reply', { text: replyOn(matter, chance), mode: chance.pick(['电话', '电话', '短信', '当面']) });
  then(6, 'close', { opinion: '办理情况属实，同意办结' }, false);
  const visit = chance.next();
  then(22, 'visit-result', visitOf(visit), false);
  return steps.filter((step) => step.at <= until);
}

function replyOn(matter: string, chance: Chance): string {
  return chance.pick([
    `您反映的${matter}问题，工作人员已到现场核实并处理完毕，感谢您的监督。`,
    `关于${matter}，经核查情况属实，已责成责任单位限期整改，整改结果将电话告知您。`,
    `您咨询的${matter}事项，按现行规定可在政务服务中心综合窗口办理，所需材料已短信发送。`,
  ]);
}

/** 回访: nine in ten reached, four in five of them content. */
function visitOf(chance: number): Record<string, unknown> {
  if (chance < 0.1) return { result: '未接' };
  if (chance < 0.17) return { result: '接通', resolved: '未解决', satisfaction: '不满意', comment: '问题仍在，希望尽快处理' };
  if (chance < 0.3) return { result: '接通', resolved: '部分解决', satisfaction: '基本满意' };
  return { result: '接通', resolved: '已解决', satisfaction: chance < 0.7 ? '满意' : '非常满意' };
}

const SETTLED = { resolved: '已解决', satisfaction: '基本满意', comment: null };

/** A record of the hotline's history: what was done with the order stands in it. */
export function asHandedIn(record: HotlineRecordInput, work: readonly OrderWorkStep[]): HotlineRecordInput {
  return work.reduce<HotlineRecordInput>((so, { action, request, at }) => {
    const time = localStamp(at);
    switch (action) {
      case 'sign':
        return { ...so, signedAt: time, signedBy: so.leadUnit ?? null };
      case 'contact':
        return { ...so, contactedAt: time };
      case 'progress':
        return { ...so, processLog: [{ at: time, by: so.leadUnit ?? null, text: request.text as string }] };
      case 'urge':
        return { ...so, urges: (so.urges ?? 0) + 1 };
      case 'supervise':
        return { ...so, supervision: request.level as string };
      case 'reply':
        return { ...so, reply: request.text as string, repliedAt: time, replyMode: request.mode as string };
      case 'close':
        return { ...so, auditOpinion: request.opinion as string };
      case 'visit-result':
        // What was not to the caller's mind was done again long ago.
        return {
          ...so,
          visit: { at: time, ...request, ...(request.satisfaction === '不满意' ? SETTLED : {}) } as HotlineRecordInput['visit'],
        };
      default:
        return so;
    }
  }, record);
}
