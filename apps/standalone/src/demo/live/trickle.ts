import { Chance } from '../chance.js';
import { after, monthDay, spokenTime, wallTime } from '../moments.js';
import { weibo, type CallIn, type Post } from '../stories/story.js';
import { ENDINGS, FAMILIES } from '../texts/families.js';
import { fillDates, type Call } from '../texts/written.js';

/** The trickle begins when the written hours are over, and never ends. */
const BEGINS_MINUTES = 240;
const SLOT_MS = 15 * 60_000;
const CALL_SLOT_MS = 12 * 60_000;

/** The number of the slot an instant is in; negative before the trickle begins. */
export function slotAt(startedAt: Date, at: Date): number {
  return Math.floor((at.getTime() - after(startedAt, { minutes: BEGINS_MINUTES }).getTime()) / SLOT_MS);
}

/** When a slot is over. */
export function slotEnd(startedAt: Date, slot: number): Date {
  return new Date(after(startedAt, { minutes: BEGINS_MINUTES }).getTime() + (slot + 1) * SLOT_MS);
}

/** What is published in a slot of the trickle, or null: most nights are silent. The same slot always says the same. */
export function trickled(startedAt: Date, slot: number): Post | null {
  if (slot < 0) return null;
  const chance = new Chance(`trickle/${slot}`);
  const at = new Date(
    after(startedAt, { minutes: BEGINS_MINUTES }).getTime() + slot * SLOT_MS + chance.whole(0, SLOT_MS / 1000 - 1) * 1000,
  );
  const { hour } = wallTime(at);
  if (hour < 6 && chance.next() < 0.8) return null;
  const kind = chance.next();
  if (kind < 0.22) return elsewhere(at, chance, slot);
  const { call } = aMatter(chance, at, slot);
  const text = `${inOwnWords(call, chance)}（${monthDay(at)}${spokenTime(at)}）`;
  if (kind < 0.65)
    return {
      at,
      sourceId: 'wangchuan-forum',
      title: call.title,
      text,
      author: chance.pick(['街坊老李', '路过看看', '新市民小周', '一个妈妈', '住了二十年']),
    };
  return weibo(at, `#望川同城# ${text}`, chance.pick(['梧江边的猫', '望川早起族', '小区楼长', '夜班司机']));
}

/** Calls that come in between two instants after the start, in order; for a demo whose hotline goes on ringing. */
export function liveCalls(startedAt: Date, from: Date, to: Date): CallIn[] {
  const calls: CallIn[] = [];
  const first = Math.max(0, Math.floor((from.getTime() - startedAt.getTime()) / CALL_SLOT_MS));
  for (let slot = first; startedAt.getTime() + slot * CALL_SLOT_MS <= to.getTime(); slot++) {
    const chance = new Chance(`live-call/${slot}`);
    const at = new Date(startedAt.getTime() + slot * CALL_SLOT_MS + chance.whole(30, CALL_SLOT_MS / 1000 - 1) * 1000);
    const silent = wallTime(at).hour < 6 && chance.next() < 0.7;
    if (silent || at <= from || at > to) continue;
    calls.push({ ...aMatter(chance, at, slot).call, at });
  }
  return calls;
}

function aMatter(chance: Chance, at: Date, slot: number): { call: Call } {
  const hour = wallTime(at).hour;
  const fitting = FAMILIES.map((family) =>
    family.tell(new Chance(`${family.name}/${slot}`), chance.pick(family.places), chance.whole(0, family.faces - 1)),
  ).filter(({ hours }) => !hours || (hour >= hours[0] && hour < hours[1]));
  const call = chance.pick(fitting);
  return { call: { ...call, title: fillDates(call.title, at), content: fillDates(call.content, at) } };
}

/** What the operator took down, as the citizen would write it. */
function inOwnWords(call: Call, chance: Chance): string {
  const plain = call.content.replace(/^[^，]{2,8}(?:反映|来电|人称|咨询)，/, '');
  const ending = ENDINGS.find((one) => plain.endsWith(one)) ?? '';
  const told = plain.slice(0, plain.length - ending.length);
  return `${told}${chance.pick(['有没有人管一管？', '发出来让大家评评理。', '邻居们都有意见。', '想问问该找哪个部门。', '希望有人看到。', ''])}`;
}

const TEAMS = ['北岭', '东港', '南屏', '西河', '云泽', '沛阳', '岭口', '平崖', '金沙洲', '白马'];

/** Sports and markets that concern nobody here; numbers and names make each one new. */
function elsewhere(at: Date, chance: Chance, slot: number): Post {
  const [home, guest] = chance.shuffled(TEAMS) as [string, string];
  const round = (slot % 34) + 1;
  const [title, text] = chance.pick([
    [
      `女排联赛第${round}轮：${home}3比${chance.whole(0, 2)}胜${guest}`,
      `${home}队主场拿下全取三分的一战，主攻手得到${chance.whole(15, 31)}分，${guest}队一传到位率不足四成。`,
    ],
    [
      `足球乙级联赛 ${home}${chance.whole(0, 4)}比${chance.whole(0, 4)}战罢${guest}`,
      `双方上半场互交白卷，下半场第${chance.whole(46, 90)}分钟，${home}队利用角球打破僵局，现场观众${chance.whole(2, 19)}千余人。`,
    ],
    [
      `${home}市夜间消费季启动 ${chance.whole(20, 80)}条街区延时营业`,
      `${home}市商务部门介绍，活动期间公共交通末班车延后${chance.whole(3, 9)}0分钟，${chance.whole(200, 900)}家商户参与满减。`,
    ],
    [
      `${guest}国际马拉松报名人数突破${chance.whole(2, 9)}万`,
      `组委会表示，将采用抽签方式确定参赛名单，赛道沿江布置，全程爬升不足${chance.whole(30, 90)}米。`,
    ],
    [
      `债市早评：${chance.whole(1, 9)}年期国债收益率微幅波动`,
      `市场人士称，资金面平稳，长端利率在区间内震荡，第${slot + 1}期公开市场操作规模与到期量基本持平。`,
    ],
  ] as const);
  return { at, sourceId: 'sifang-news', title, text: `四方新闻网${monthDay(at)}电 ${text}`, author: '四方新闻网' };
}
