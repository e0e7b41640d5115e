import type { Judgement } from '@huiying/contracts';
import { isAtLeast } from '@huiying/domain';
import { quoted, reasonOf, type Hit, type Reading } from './reading.js';

type Disposition = NonNullable<Judgement['disposition']>;
type Class = Disposition['class'];

/** 国办发〔2016〕80号 (as counties restate it): the nature of an opinion, and what is to be done in public. */
export const DISPOSITIONS: Record<Class, { name: string; action: string }> = {
  constructive: { name: '建设性意见', action: '认真研究吸收，公开吸收采纳情况' },
  difficulty: { name: '反映实际困难', action: '及时研究解决，公布研究解决情况' },
  'grave-problem': { name: '反映重大问题', action: '立即调查处置，及时发布调查处置情况' },
  unclear: { name: '不了解或模糊认识', action: '主动发布权威信息，解疑释惑' },
  mistaken: { name: '错误看法', action: '发布信息进行引导和纠正' },
};
const CITED = '国办发〔2016〕80号';

/** Words of asking, which show that somebody does not know, and words of proposing; both are in the ask group of the lexicon. */
const ASKS = /^(?:请问|咨询|想问|问下|问一下|了解一下|想了解|有关政策吗|符合规定吗|是否|合理吗|合法吗)/;
const PROPOSES = /^(?:建议|提议|呼吁)/;

export interface DispositionQuestion {
  publicOpinion: Judgement['publicOpinion'];
  severity: Judgement['severity'];
  rumour: Judgement['rumour'];
}

/** The nature of the opinion (分类处置), the gravest first; null where it is no 政务舆情 of this city. */
export function judgeDisposition(question: DispositionQuestion, reading: Reading): Disposition | null {
  if (!question.publicOpinion.verdict) return null;
  return grave(question, reading) ?? mistaken(question, reading) ?? ofWords(question, reading);
}

function disposition(cls: Class, why: string, reading: Reading, hits: readonly Pick<Hit, 'field' | 'start' | 'end'>[] = []): Disposition {
  const { name, action } = DISPOSITIONS[cls];
  return { class: cls, action, reasons: [reasonOf(reading, `按“${name}”处置：${why}（${CITED}）`, hits)] };
}

function grave({ publicOpinion, severity }: DispositionQuestion, reading: Reading): Disposition | null {
  const { keyCategory } = publicOpinion;
  if (severity.eventLevel && isAtLeast(severity.eventLevel, 'III')) {
    return disposition('grave-problem', `突发事件初判${severity.eventLevel}级`, reading);
  }
  if (keyCategory === 'emergency') return disposition('grave-problem', '涉及突发事件处置', reading);
  if (keyCategory === 'moral-shock' || keyCategory === 'superior-request') {
    const hits = reading.signals(keyCategory === 'moral-shock' ? 'moral-shock' : 'superior');
    return disposition('grave-problem', `文中有${quoted(reading, hits)}`, reading, hits);
  }
  const together = [...reading.signals('masses'), ...reading.signals('inaction')];
  const isGrave = reading.signals('masses').length > 0 && reading.signals('inaction').length > 0;
  return isGrave ? disposition('grave-problem', `有聚集维权并指向不作为，文中有${quoted(reading, together)}`, reading, together) : null;
}

/** A view that rests on what is not so: spread with a call to pass it on, or told as hearsay about a measure. */
function mistaken({ publicOpinion, rumour }: DispositionQuestion, reading: Reading): Disposition | null {
  const incite = reading.signals('incite');
  const hearsay = reading.signals('hearsay');
  if (!rumour || rumour.refuted || incite.length === 0 || hearsay.length === 0) return null;
  const policy = publicOpinion.keyCategory === 'policy-misread' ? '对政策的误传' : '未经证实的说法';
  return disposition('mistaken', `在扩散${policy}，文中有${quoted(reading, [...hearsay, ...incite])}，核实后引导`, reading, [
    ...hearsay,
    ...incite,
  ]);
}

function ofWords({ publicOpinion }: DispositionQuestion, reading: Reading): Disposition {
  const asked = reading.signals('ask');
  const words = (hit: Hit<'signal'>) => reading[hit.field].folded.slice(hit.start, hit.end);
  const questions = asked.filter((hit) => ASKS.test(words(hit)));
  const proposals = asked.filter((hit) => PROPOSES.test(words(hit)));
  const harm = [...reading.signals('hardship'), ...reading.signals('complaint'), ...reading.signals('inaction')];
  const appeal = reading.data.order?.appealType ?? '';
  if (publicOpinion.keyCategory === 'policy-misread') {
    const hits = reading.signals('misread');
    return disposition('unclear', `对政策措施有疑问，文中有${quoted(reading, hits)}`, reading, hits);
  }
  if (appeal === '咨询') return disposition('unclear', '热线登记为咨询', reading, questions);
  if (appeal === '意见建议' || appeal === '建议') return disposition('constructive', '热线登记为意见建议', reading, proposals);
  if (proposals.length > 0 && harm.length <= proposals.length) {
    return disposition('constructive', `提出建议，文中有${quoted(reading, proposals)}`, reading, proposals);
  }
  if (questions.length > 0 && harm.length === 0) {
    return disposition('unclear', `在了解情况，文中有${quoted(reading, questions)}`, reading, questions);
  }
  return disposition('difficulty', harm.length > 0 ? `文中有${quoted(reading, harm)}` : '反映具体诉求', reading, harm);
}
