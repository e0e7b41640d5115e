import 'reflect-metadata';
import { parseArgs } from 'node:util';
import type { DeadlineWhy } from '@huiying/contracts/http';
import { localTimeText } from '@huiying/domain';
import { openRunningDatabase } from '@huiying/platform';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { frontDoor, say, WrongUsage } from '@huiying/tables/lines';
import { CityBook, LawKeeper } from '../city/index.js';
import { WhyDesk } from './why-desk.js';

const USAGE = 'usage: npm run why -- DEADLINE_ID [--json]';

/** `npm run why -- DEADLINE_ID`: why a clock runs out when it does, as text; with --json as the API gives it. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { json: { type: 'boolean' } } });
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0) throw new WrongUsage();
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new WrongUsage(`DEADLINE_ID must be the id of a clock, 36 signs; got ${JSON.stringify(id)}`);
  const environment = readEnvironment(process.env);
  const { database, close } = await openRunningDatabase(environment, 'why');
  try {
    const city = CityBook.read(environment.configFolder);
    const why = await new WhyDesk(database, new SystemClock(), city, new LawKeeper(city)).explain(id, null);
    await say(`${values.json ? JSON.stringify(why, null, 2) : whyText(why)}\n`);
    return 0;
  } finally {
    await close();
  }
}

/** The ledger as a person reads it. */
export function whyText({ deadline, rule, start, ledger, pauses, extensions, requests, steps, evidence }: DeadlineWhy): string {
  const time = (instant: string) => (instant.length > 10 ? localTimeText(new Date(instant)) : instant);
  const unit = UNITS[ledger[0]?.unit ?? 'hours'];
  return [
    `${deadline.ruleName}（${rule.id} ${rule.version}）  ${deadline.subject.no} ${deadline.subject.title}`,
    `到期：${time(deadline.dueAt)}${deadline.provisional ? '（暂定：所需年份的放假安排尚未公布）' : ''}   状态：${STATES[deadline.state]}   责任：${deadline.responsible}`,
    `规则：${rule.text}`,
    `依据：${rule.citation}（${rule.certainty}）`,
    `起算：${time(start.at)} ${start.fact}，由${start.statedBy}陈述；时长 ${rule.length}`,
    '逐段计时：',
    ...ledger.map(
      (line) =>
        `  ${line.counted ? '计' : '不计'}  ${time(line.from)}${line.to === line.from ? '' : ` 至 ${time(line.to)}`}  ${round(line.amount)} ${unit}  ${line.why}`,
    ),
    `  合计 ${round(ledger.reduce((sum, line) => sum + line.amount, 0))} ${unit}`,
    ...pauses.map(
      (pause) =>
        `暂停：${time(pause.from)} 至 ${pause.to ? time(pause.to) : '现在（仍在暂停）'}，${pause.ground}：${pause.reason}（${pause.approvedBy}批准）`,
    ),
    ...extensions.map((one) => `延期：${one.length}，${one.reason}（${one.approvedBy}于 ${time(one.approvedAt)} 批准）`),
    ...requests
      .filter((one) => one.state !== 'approved')
      .map(
        (one) =>
          `延期申请：${one.length}至 ${time(one.until)}，${one.reason}（${one.askedBy}于 ${time(one.askedAt)} 提出，${REQUEST_STATES[one.state]}）`,
      ),
    '预警与逾期：',
    ...steps.map(
      (step) =>
        `  ${step.kind === 'warn' ? `${step.percent}%` : '到期'}  ${time(step.at)}  ${step.firedAt ? `已于 ${time(step.firedAt)} 触发${step.late ? '（补发）' : ''}` : '未触发'}`,
    ),
    ...evidence.map(
      (one) =>
        `停表证据：${time(one.publishedAt)} ${one.note} ${one.url ?? one.fileName ?? ''} ${one.sha256 ? `SHA-256 ${one.sha256}` : ''}`,
    ),
  ].join('\n');
}

const UNITS: Record<DeadlineWhy['ledger'][number]['unit'], string> = { hours: '小时', workingDays: '个工作日', naturalDays: '日' };

const REQUEST_STATES: Record<DeadlineWhy['requests'][number]['state'], string> = {
  asked: '待批准，照常计时',
  approved: '已批准',
  refused: '未批准',
  withdrawn: '已撤回',
  lapsed: '时限已先结束，失效',
};

const STATES: Record<DeadlineWhy['deadline']['state'], string> = {
  running: '计时中',
  paused: '暂停中',
  met: '按时完成',
  'met-late': '逾期完成',
  overdue: '已逾期',
  cancelled: '已取消',
};

function round(amount: number): number {
  return Math.round(amount * 100) / 100;
}

if (require.main === module) frontDoor(main, { usage: USAGE, failed: 1 });
