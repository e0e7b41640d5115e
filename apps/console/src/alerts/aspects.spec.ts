import type { AlertDetail } from '@huiying/contracts/http';
import { aspectView, aspectViews } from './aspects.js';

const reason = (text: string) => ({ text, matches: [] });
const judgement: AlertDetail['judgement'] = {
  jurisdiction: { verdict: 'ours', places: ['临浦区'], reasons: [reason('提到临浦区')] },
  publicOpinion: { verdict: true, score: 0.914, keyCategory: 'emergency', reasons: [] },
  topic: { code: 'A1', name: '安全生产', score: 0.8, reasons: [] },
  departments: [
    { departmentId: 'yj', name: '市应急管理局', role: 'lead', score: 1, reasons: [reason('安全生产归口')] },
    { departmentId: 'hb', name: '市生态环境局', role: 'co', score: 0.4, reasons: [reason('提到异味')] },
  ],
  severity: { level: 'II', incident: '爆燃', facts: [{ kind: 'deaths', value: 2, bound: 'exact', phrase: '2 人死亡' }], reasons: [] },
  sentiment: { label: 'negative', score: 0.9 },
  judgedBy: 'lexicon@1',
};

it('says each verdict in words', () => {
  expect(aspectViews(judgement).map(({ question, verdict }) => [question, verdict])).toEqual([
    ['级别', 'Ⅱ级（重大） · 2 人死亡'],
    ['属地', '属本市 · 临浦区'],
    ['政务舆情', '是（91%） · 重点回应：突发事件处置和自然灾害应对'],
    ['主题', '安全生产（80%）'],
    ['责任单位', '市应急管理局（牵头）、市生态环境局'],
  ]);
});
it('gathers the reasons of all departments', () => expect(aspectView(judgement, 'departments').reasons).toHaveLength(2));
it('admits what it does not know', () => {
  expect(aspectView({ ...judgement, topic: null }, 'topic')).toMatchObject({ verdict: '未归类', reasons: [] });
  expect(aspectView({ ...judgement, departments: [] }, 'departments').verdict).toBe('未识别');
});
