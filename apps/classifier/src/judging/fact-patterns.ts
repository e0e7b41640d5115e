import type { FactName } from '@huiying/domain';
import { FIGURE } from '@huiying/text';

/**
 * A kind of fact is told by one of these words: its patterns are only tried on sentences that have one. Most texts have none, and the
 * lexicon finds them together with all its other terms. A new pattern needs its words here.
 */
export const FACT_WORDS: Readonly<Record<FactName, readonly string[]>> = {
  deaths: ['死', '身亡', '溺亡', '坠亡', '而亡', '伤亡', '遇难', '罹难', '丧生', '遇害', '殒命', '毙命', '丧命', '性命', '人命', '没了命', '生命', '离世', '去世', '牺牲', '殉职', '不治', '遗体', '尸体'],
  injuries: ['伤', '送医', '送往', '送到医院', '入院', '住院', '在院治疗', '留院观察', '接受治疗'],
  missing: ['失踪', '失联', '下落不明', '失去联系'],
  trapped: ['被困', '受困', '困在', '困了', '困住', '困着', '被围困', '被埋', '被掩埋', '埋了', '埋着', '被压', '被卡'],
  evacuated: ['疏散', '转移', '撤离', '避险'],
  poisoned: ['中毒', '腹泻', '呕吐', '上吐下泻', '腹痛', '恶心', '发病'],
  'loss-yuan': ['损失'],
}; // prettier-ignore

/** 30名, 三口, 200户 and what may stand between: “名左右”. Folded text: no full-width digits here. */
const N = `(?<n>${FIGURE})\\s?`;
const MEASURE = '(?:名|位|个人?|人(?!民币)|口人?|具|条)';
const AFTER = '(?<after>以上|以下|以内|左右|上下|之多)?';
/** Words between the figure and what befell them, without another count and without what turns the meaning. */
const GAP = '(?:(?![0-9一二两三四五六七八九十百千万]\\s?余?多?[人名位])[^，。；、,;：:！？!?]){0,12}?';
const DEATH =
  '(?:死亡|遇难|身亡|丧生|罹难|遇害|殒命|离世|去世|死去|溺亡|坠亡|牺牲(?!的职|的精|品|休|时|业|节|周|睡|自|个|利|色)|殉职|毙命|丧命|溺水而亡|没了命|不治|(?:已?无|没有|失去|没了)生命(?:体征|迹象))';
const NOT_DEATH_OF = '(?!者|人数|率|赔偿|证明|家属|案例|名单|原因|时间|威胁|风险|事故率)';
const HURT =
  '(?:重伤|轻伤|受伤|负伤|轻微伤|受了?[轻重]伤|砸伤|烧伤|灼伤|炸伤|砍伤|撞伤|刺伤|摔伤|烫伤|咬伤|捅伤|挤伤|震伤|送医|入院|住院|被送往?医院|送往[^，。]{0,6}医院|送到医院|留院观察|接受治疗)';
const NOT_HURT_OF = '(?!者|人数|害|感|心|悲|鉴定|赔偿)';
const WHO =
  '(?:人员|群众|居民|村民|学生|师生|工人|乘客|职工|员工|游客|住户|家长|市民|受灾群众|被困人员|周边|附近|群体|老人|儿童|矿工|作业人员)?';
/** Between the noun and its figure: “死亡人数已上升至”. */
const COUNTED = `(?:人数|人员|总数|者|的){0,2}(?:[由从](?:[^，。；0-9]{0,7})${FIGURE}\\s?[人名例]?\\s?)?(?:已经?|共计?|总计|累计|合计|目前|现|初步)?(?:确认|统计|核实|查明|造成|更正|修正|核定|更新|调整|上升|升|增加?|增长|攀升|更新|达到?|为|至|到|有|是|：|:|约合?|共计?|人民币|合|了|\\s){0,4}`;
const PERSONS = '(?:人|名|位|例|口|个(?![月半小时星期部门原因多案])|号人)';
/** “3人死亡1人脱险”: the noun belongs to the figure before it. */
const OWN = '(?<![0-9一二两三四五六七八九十百千几余多][人名位口])';
/** 烧死 撞死 淹死: how, and dead. */
const KILLED = '(?:烧|砸|撞|炸|淹|压|摔|打|毒|电|砍|捅|踩|埋|轧|碾|溺|憋|呛|闷)死';

const MOVED = '(?:疏散|转移|撤离|避险转移|转移安置|转移避险|避险)';

interface CountPattern {
  kind: FactName;
  pattern: RegExp;
  serious?: boolean;
  minor?: boolean;
}
const count = (kind: FactName, source: string, grave: Pick<CountPattern, 'serious' | 'minor'> = {}): CountPattern => ({
  kind,
  pattern: new RegExp(source, 'g'),
  ...grave,
});

/** What every count has: a numeral with what it counts, or one of two words after which a bare number may stand. Tried first, it is quick. */
export const ANY_COUNT =
  /[0-9零〇○一二两俩三仨四五六七八九十廿卅百千万亿壹贰叁肆伍陆柒捌玖拾佰仟][\s,余多来几]*[人名位个口例条具户元死伤重轻失男大孩小娃学工老村女号]|人数|损失/;

/** In each kind, the longer form stands before the shorter that it contains. */
export const COUNT_PATTERNS: readonly CountPattern[] = [
  // deaths: 致3死5伤 · 死亡人数上升至12人 · 3名工人经抢救无效死亡 · 3名遇难者 · 3具遗体 · 3条人命
  count('deaths', `(?<!九)${N}死(?=\\s?[、，,及和]?\\s?(?:${FIGURE}|多|数)\\s?人?(?:重|轻)?(?:伤|失踪|失联|被困))`),
  count('deaths', `(?:致|造成|导致|酿成?|已有?)\\s?${N}死(?![于后心路机角缓刑因])`),
  count('deaths', `${OWN}(?:死亡|遇难|身亡|丧生|罹难|死)${COUNTED}${N}${PERSONS}${AFTER}(?!次|员|天)`),
  count('deaths', `(?:夺去|夺走|带走)了?\\s?${N}(?:名|位|个|人|条)[^，。；0-9]{0,8}?(?:生命|性命)`),
  count('deaths', `${N}[男大][、和]?(?<more>${FIGURE})[女小]${GAP}${DEATH}`),
  count('deaths', `(?:死者|遇难者)(?:包括|为|系|有|中有)${N}[名位个][^，。；、]{1,8}[和及、](?<more>${FIGURE})[名位个]`),
  count('deaths', `${KILLED}了?\\s?${N}(?:个|名|位|口)?(?:人|孩|小孩|娃|学生|工人|老人|村民|女|男)`),
  count('deaths', `(?:死亡|遇难|罹难)(?:总)?人数${COUNTED}${N}(?![0-9十百千万亿年月日时点分%倍起次])`),
  count('deaths', `${N}${MEASURE}${AFTER}${GAP}${DEATH}${NOT_DEATH_OF}`),
  count('deaths', `${N}[名位](?:遇难者|死者|遇害者|罹难者)(?!家属|亲属|亲友)`),
  count('deaths', `(?:死者|遇难者)(?:共|有|为)?\\s?${N}[人名位]`),
  count('deaths', `${N}具\\s?(?:遇难者)?(?:遗体|尸体)`),
  count('deaths', `${N}条(?:鲜活的|年轻的)?(?:人命|生命)`),
  // injuries: 3死5伤 · 重伤3人 · 12人受伤 · 5名伤者
  count('injuries', `(?<=死\\s?[、，,及和]?\\s?)${N}人?重伤(?!者)`, { serious: true }),
  count('injuries', `(?<=[死伤]\\s?[、，,及和]?\\s?)${N}人?轻伤(?!者)`, { minor: true }),
  count('injuries', `(?<=死\\s?[、，,及和]?\\s?)${N}伤(?![者害心])`),
  count('injuries', `(?:致|造成|导致|已有?)\\s?${N}伤(?![者害心])`),
  count('injuries', `重伤${COUNTED}${N}${PERSONS}${AFTER}`, { serious: true }),
  count('injuries', `轻伤${COUNTED}${N}${PERSONS}${AFTER}`, { minor: true }),
  count(
    'injuries',
    `(?<!救活|救助|救治过?|抢救|收治)${OWN}(?:受伤|负伤|伤者|伤员|受伤者|烧伤|伤|住院治疗|在院治疗|送医)${COUNTED}${N}${PERSONS}${AFTER}`,
  ),
  count('injuries', `${N}${MEASURE}${AFTER}${GAP}${HURT}${NOT_HURT_OF}(?![^，。；]{0,6}(?:不治|死亡|身亡|离世|去世|无效))`),
  count('injuries', `${N}[名位个](?:伤者|伤员|受伤者)`),
  // missing: 2人失联 · 失踪5人
  count('missing', `${N}${MEASURE}${AFTER}${GAP}(?:失踪|失联|下落不明|失去联系)(?!者|人数)`),
  count('missing', `${N}(?:失踪|失联)`),
  count('missing', `${OWN}(?:失踪|失联)(?:人员)?${COUNTED}${N}${PERSONS}${AFTER}`),
  // trapped: 12人被困 · 被困9人 · 3人被埋
  count('trapped', `${N}${MEASURE}${AFTER}${GAP}(?:被困|受困|被埋|被掩埋|被压|困在|被卡|被围困)(?!者|人数)`),
  count('trapped', `${OWN}(?:被困|受困|被埋|被掩埋|埋了|埋着|困了|困住|困着)${WHO}${COUNTED}${N}${PERSONS}${AFTER}`),
  // evacuated: 疏散群众300余人 · 转移安置1200户 · 2000名群众紧急转移
  count('evacuated', `${MOVED}[^，。；0-9]{0,8}?${FIGURE}\\s?户[、，]?\\s?(?:共计?)?${N}[人名位]${AFTER}`),
  count('evacuated', `${MOVED}${WHO}(?:群众|人员|居民|学生)?${COUNTED}${N}(?:(?<household>户)|[人名位])${AFTER}`),
  count(
    'evacuated',
    `${MOVED}(?![^，。；]{0,6}(?:演|通道))[^，。；0-9零一二两三四五六七八九十百千万]{0,8}?${COUNTED}${N}(?:(?<household>户)|[人名位])${AFTER}`,
  ),
  count('evacuated', `${N}(?:(?<household>户)|[人名位])${AFTER}${GAP}(?:疏散|转移|撤离)(?!方案|预案|通道|支付)`),
  // poisoned: 37名学生食物中毒 · 中毒12人 · 60余人出现腹泻
  count('poisoned', `${N}${MEASURE}${AFTER}${GAP}(?:中毒|腹泻|呕吐|上吐下泻|腹痛|恶心|发病)(?!者|人数|率)`),
  count('poisoned', `(?<=(?:中毒|腹泻|呕吐)[^。；]{0,20})患者${COUNTED}${N}${PERSONS}`),
  count('poisoned', `${OWN}中毒${COUNTED}${N}${PERSONS}${AFTER}`),
  // loss: 直接经济损失约1200万元 · 3000多万元损失
  count('loss-yuan', `损失(?:金额|价值)?(?:初步)?(?:估计|估算|统计|预计|折合|约合)?${COUNTED}${N}元(?!\\/)`),
  count('loss-yuan', `损失(?:金额|价值)?${COUNTED}(?<n>${FIGURE}(?<=[万亿多余]))(?!元)(?![美欧日港户亩人头只辆吨斤])`),
  count('loss-yuan', `${N}元(?:人民币)?(?:左右|以上)?的?(?:直接|重大)?(?:经济|财产)?损失`),
];

interface MentionPattern {
  kinds: FactName[];
  pattern: RegExp;
}

/** Mentioned without a figure. */
export const MENTION_PATTERNS: readonly MentionPattern[] = [
  {
    kinds: ['deaths', 'injuries'],
    pattern: /(?<![无未没零不有会])(?:造成|导致|致|出现|已有|酿成)(?:了)?(?:重大|大量|严重|较大)?(?:人员)?伤亡/g,
  },
  {
    kinds: ['deaths', 'injuries'],
    pattern: new RegExp(
      `(?<![无没未有])(?!零)(?:${FIGURE}|两位数|多|数)\\s?[人名]?(?:以上)?(?:的)?(?:死伤|伤亡)(?!事故|人|情况|不明|报告)|(?:死伤|伤亡)(?:人数|人员)?${COUNTED}${FIGURE}\\s?[人名]`,
      'g',
    ),
  },
  {
    kinds: ['deaths'],
    pattern: /(?:多|数|若干|几)(?:名|位|个)?[人工学群村居乘职市][^，。；,;0-9]{0,6}?(?:死亡|遇难|身亡|丧生|罹难)(?!人数|率|赔偿)/g,
  },
  {
    kinds: ['injuries'],
    pattern: /(?:多|数|若干|几)(?:名|位|个)?[人工学群村居乘职市孩老][^，。；,;0-9]{0,6}?(?:受伤|重伤|送医|入院|烧伤|砍伤)/g,
  },
  { kinds: ['injuries'], pattern: /(?:致|造成|导致)[多数]人?伤/g },
  { kinds: ['deaths'], pattern: /死(?:了|伤)?(?:好多|好些|很多|不少|许多|多少)(?:人|个)|(?:致|造成|导致)[多数]人死亡/g },
  { kinds: ['deaths', 'injuries'], pattern: /(?:死伤|伤亡)(?:惨重|严重|无数)/g },
  { kinds: ['trapped'], pattern: /(?:多|数|若干|几|有)(?:名|位)?[人工学群村居乘职市]?[^，。；,;0-9]{0,4}?(?:被困|受困|被埋)/g },
  {
    kinds: ['poisoned'],
    pattern: /(?:多|数|若干|几|集体)(?:名|位|个)?[人工学群村居员师孩幼]?[^，。；,;0-9]{0,6}?(?:中毒|腹泻|呕吐|上吐下泻)/g,
  },
];

const NO = '(?:未|无|没有?|暂无|尚无|并无|零|未曾)';
const HARM = '(?:伤亡|死亡|受伤|被困|失踪|失联|中毒|遇难)';
/** 无人员伤亡 · 未造成人员伤亡 · 没有人受伤 · 未接到伤亡报告 · 零伤亡 · 未造成人员被困和伤亡. */
export const NONE_PATTERN = new RegExp(
  `(?<![有])${NO}(?:造成|导致|致|发现|接到|收到|出现|发生|产生|有|任何|重大|人员|一?人|群众|居民|师生|乘客|员工|的|明显|新的?|报告){0,4}${HARM}(?:[、和及或与](?:人员)?${HARM})*(?!事故隐患|率)`,
  'g',
);
/** 伤亡情况不明 · 伤亡人数正在核实. */
export const UNKNOWN_PATTERN =
  /(?:未|没有?|尚未|暂未|拒绝)(?:公布|通报|透露|披露|发布|说明)(?:具体)?(?:的)?(?:人员)?(?:伤亡|死亡|受伤|被困)(?:人数|情况|数字)|(?:伤亡|死亡|受伤|被困|失踪)(?:人员)?(?:具体)?(?:情况|人数|数字|数量)?(?:暂时?|目前|尚|还|仍|均)?(?:不明|不详|未知|不清楚|待核实|待查|待统计|正在?(?:进一步)?(?:核实|核查|统计|调查|排查|确认)|(?:不|未|没有?)掌握|无法确认|成谜|未(?:公布|确定|明确|统计|通报|得到证实))/g;

/** Which facts a phrase of 无… or …不明 speaks of; 伤亡 is both. */
export function namesOfNone(phrase: string): FactName[] {
  const named: [RegExp, FactName[]][] = [
    [/伤亡/, ['deaths', 'injuries']],
    [/死亡|遇难/, ['deaths']],
    [/受伤/, ['injuries']],
    [/被困/, ['trapped']],
    [/中毒/, ['poisoned']],
    [/失踪|失联/, ['missing']],
  ];
  return [...new Set(named.flatMap(([pattern, kinds]) => (pattern.test(phrase) ? kinds : [])))];
}
