import type { IncidentKind, ReachSign, SeverityLevel } from '@huiying/domain';
import { dismisser } from './fact-context.js';
import type { CompiledLexicon } from './lexicon.js';
import type { Field, Reading } from './reading.js';

/** A sign of reach as the text gives it. */
export interface FoundReach extends ReachSign {
  field: Field['name'];
  start: number;
  end: number;
}

const CUT = '[^。；]{0,16}(?:取水|供水)[^。；]{0,6}(?:中断|停止|暂停)|[^。；]{0,12}(?:中断|停止|暂停)(?:取水|供水)';
const sign = (kind: IncidentKind, level: SeverityLevel, says: string, source: string) => ({
  kind,
  level,
  says,
  pattern: new RegExp(source),
});

/**
 * 国家突发环境事件应急预案附件1 (drinking water, borders), food safety by spread over counties, cities and provinces, and the diseases
 * that are 特别重大 by themselves (国家突发公共卫生事件应急预案). The gravest first.
 */
const SIGNS = [
  sign('environment', 'I', '造成跨国境影响', '跨国境|跨国界|出境断面超标'),
  sign('environment', 'I', '设区的市级以上饮用水水源地取水中断', `(?:设区的?市|地级市|市级|市区|主城区|中心城区|全市)${CUT}`),
  sign('public-health', 'I', '肺鼠疫、肺炭疽扩散', '(?:肺鼠疫|肺炭疽)[^。；]{0,20}(?:扩散|蔓延|波及)'),
  sign(
    'public-health',
    'I',
    '传染性非典型肺炎、人感染高致病性禽流感疫情扩散',
    '(?:非典型肺炎|SARS|sars|人感染高致病性禽流感)[^。；]{0,20}(?:扩散|蔓延)',
  ),
  sign('public-health', 'I', '群体性不明原因疾病涉及多省并扩散', '不明原因疾病[^。；]{0,20}(?:多个省|多省|[两二三四五]省)'),
  sign('public-health', 'I', '烈性病菌株、毒株丢失', '烈性[^。；]{0,10}(?:菌株|毒株)[^。；]{0,10}丢失'),
  sign('environment', 'II', '县级饮用水水源地取水中断', `(?:县城|县级|全县|城区)${CUT}`),
  sign('environment', 'II', '造成跨省影响', '跨省[^。；]{0,8}(?:污染|影响|水体|河流|断面)|污染[^。；]{0,12}跨省'),
  sign('environment', 'III', '乡镇集中式饮用水水源地取水中断', `(?:乡镇|镇区|全镇|集镇)${CUT}`),
  sign('environment', 'III', '造成跨市影响', '跨(?:设区的?)?市[^。；]{0,8}(?:污染|影响|水体|河流|断面)'),
];

/** The gravest sign of reach that fits one of the kinds of the incident; null for none, or where it did not happen here and now. */
export function findReach(kinds: readonly IncidentKind[], reading: Reading, lexicon: CompiledLexicon): FoundReach | null {
  for (const { kind, level, says, pattern } of SIGNS) {
    if (!kinds.includes(kind)) continue;
    for (const field of [reading.title, reading.text]) {
      const found = placeOf(pattern, field, reading, lexicon);
      if (found !== null) return { kind, level, says, field: field.name, ...found };
    }
  }
  return null;
}

function placeOf(pattern: RegExp, field: Field, reading: Reading, lexicon: CompiledLexicon): { start: number; end: number } | null {
  for (const span of field.sentences()) {
    const words = field.folded.slice(span.start, span.end);
    const match = pattern.exec(words);
    if (match === null || /[未无没]有?(?:造成|发生|影响)?$/.test(words.slice(0, match.index))) continue;
    if (dismisser({ words, before: '', after: '', field, span }, reading, lexicon)(match.index) !== null) continue;
    return { start: span.start + match.index, end: span.start + match.index + match[0].length };
  }
  return null;
}
