import 'reflect-metadata';
import { parseArgs } from 'node:util';
import type { MovedClock, RulesPreview } from '@huiying/contracts/http';
import { localTimeText } from '@huiying/domain';
import { openRunningDatabase } from '@huiying/platform';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { bytesOf, frontDoor, WrongUsage } from '@huiying/tables/lines';
import { CityBook, LawKeeper } from '../city/index.js';
import { DeadlineMover } from '../deadlines/index.js';
import { WorkflowStore } from '../timeline/index.js';
import { RuleDesk } from './rule-desk.js';

const USAGE = `usage: npm run rules -- preview [FILE]                    which open clocks the rules as they are, or with FILE laid over them, would move
       npm run rules -- apply [FILE] --by NAME [--move]    enters FILE as the city's supplement; --move moves open clocks, too`;

/** `npm run rules`: the dry run of a change of rules, and its confirming, from the shell. */
async function main(args: string[]): Promise<number> {
  const { act, file, by, move } = wishOf(args);
  const environment = readEnvironment(process.env);
  const yaml = file === null ? null : bytesOf(file).toString('utf8');
  const { database, close } = await openRunningDatabase(environment, 'rules');
  try {
    const city = CityBook.read(environment.configFolder);
    const store = new WorkflowStore(database, new SystemClock());
    const desk = new RuleDesk(store, city, new LawKeeper(city), new DeadlineMover(store));
    const preview = await desk.preview(yaml);
    console.log(previewText(preview));
    if (preview.faults.length > 0) return 1;
    if (act === 'apply') {
      const actor = { id: null, name: by!, origin: 'npm run rules' };
      const { movedCount } = await desk.enter({ yaml, moveClocks: move, basis: preview.basis }, actor);
      console.log(`已生效，${movedCount} 个在办时限已调整`);
    }
    return 0;
  } finally {
    await close();
  }
}

function wishOf(args: string[]): { act: 'preview' | 'apply'; file: string | null; by: string | null; move: boolean } {
  const options = { by: { type: 'string' }, move: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [act, file = null, ...more] = positionals;
  const { by = null, move } = values;
  const isLawful = act === 'preview' ? by === null && !move : act === 'apply' && by !== null && (file !== null || move);
  if (!isLawful || more.length > 0) throw new WrongUsage();
  return { act: act as 'preview' | 'apply', file, by, move };
}

/** The dry run as a person reads it. */
export function previewText({ faults, changes, clocks, clockCount }: RulesPreview): string {
  if (faults.length > 0) return ['规则有误：', ...faults.map((fault) => `  ${fault}`)].join('\n');
  const more = clockCount > clocks.length ? `，以下为前 ${clocks.length} 个` : '';
  return [
    changes.length === 0 ? '规则没有改变。' : '规则变动：',
    ...changes.map(({ ruleId, name, before, after }) => `  ${ruleId} ${name}：${before ?? '无'} → ${after ?? '无'}`),
    clockCount === 0 ? '没有在办时限受影响。' : `会移动 ${clockCount} 个在办时限（已完成、已取消的不变）${more}：`,
    ...clocks.map((clock) => `  ${clock.no} ${clock.ruleName}：${sideText(clock.before)} → ${sideText(clock.after)}`),
  ].join('\n');
}

function sideText({ dueAt, provisional, rule }: MovedClock['before']): string {
  return `${localTimeText(new Date(dueAt))}${provisional ? '（暂定）' : ''} ${rule}`;
}

if (require.main === module) frontDoor(main, { usage: USAGE, failed: 1 });
