import { assertComplete, missingParts } from './analysis.js';
import { COMMITMENT_STEPS, commitmentRefusal, isCommitmentOverdue, type CommitmentAction, type CommitmentState } from './commitment.js';
import { CONFERENCE_STEPS, conferenceRefusal, type ConferenceAction, type ConferenceState } from './conference.js';
import { EXTENSION_STEPS, extensionRefusal, type ExtensionAction, type ExtensionState } from './extension-request.js';
import { suggestOwners } from './owner-suggestion.js';
import {
  copiedShare,
  DOCUMENT_STEPS,
  documentRefusal,
  gateRefusal,
  isCopied,
  linksTo,
  missingElements,
  missingOfPlan,
  type DocumentAction,
  type DocumentState,
} from './policy-document.js';
import type { Refusal } from './refusals.js';

/** `state: action → next`; every pair that is not named is refused, by a name and in Chinese. */
const WHOLE: [string, Record<string, Partial<Record<string, string>>>, string[], (s: string, a: string) => Refusal | null, string][] = [
  [
    'conference',
    CONFERENCE_STEPS,
    ['plan', 'hold', 'waive'],
    (s, a) => conferenceRefusal(s as ConferenceState, a as ConferenceAction),
    'none plan planned|none hold held|none waive waived|planned plan planned|planned hold held|planned waive waived|waived plan planned',
  ],
  [
    'commitment',
    COMMITMENT_STEPS,
    ['change', 'keep', 'drop'],
    (s, a) => commitmentRefusal(s as CommitmentState, a as CommitmentAction),
    'open change open|open keep kept|open drop dropped',
  ],
  [
    'request for a later end',
    EXTENSION_STEPS,
    ['approve', 'refuse', 'withdraw'],
    (s, a) => extensionRefusal(s as ExtensionState, a as ExtensionAction),
    'asked approve approved|asked refuse refused|asked withdraw withdrawn',
  ],
  [
    'document',
    DOCUMENT_STEPS,
    ['edit', 'plan', 'submit', 'send-back', 'sign', 'publish', 'interpret', 'exempt'],
    (s, a) => documentRefusal(s as DocumentState, a as DocumentAction),
    'drafting edit drafting|drafting plan drafting|drafting submit submitted|drafting exempt exempt|submitted sign signed|submitted send-back drafting|submitted exempt exempt|signed plan signed|signed publish published|signed exempt exempt|published plan published|published interpret interpreted|published exempt exempt|interpreted interpret interpreted|exempt edit exempt',
  ],
];

describe.each(WHOLE)('the steps of a %s', (_noun, steps, actions, refusal, lawful) => {
  const written = new Map(lawful.split('|').map((cell) => [cell.split(' ').slice(0, 2).join(' '), cell.split(' ')[2]]));
  const pairs = Object.keys(steps).flatMap((state) => actions.map((action) => [state, action] as const));
  it.each(pairs)('%s, %s', (state, action) => {
    expect(steps[state]![action]).toBe(written.get(`${state} ${action}`));
    const refused = refusal(state, action);
    expect(refused === null).toBe(written.has(`${state} ${action}`));
    if (refused)
      expect([refused.code, refused.said]).toEqual([expect.stringMatching(/^[a-z-]+$/), expect.stringMatching(/[\u4e00-\u9fff]/)]);
  });
});

describe('an analysis report', () => {
  const whole = {
    nature: '属突发环境事件，次生舆情',
    trend: '三小时内由本地扩散到省内',
    risks: '谣言与群体恐慌的可能较大',
    proposal: '四小时内发布首号通报并公布监测数据',
  };
  it.each([
    ['whole', {}, []],
    ['without a trend', { trend: '' }, ['trend']],
    ['with a risk that says nothing', { risks: '有风险。' }, ['risks']],
    ['of nine characters', { nature: '一二三四五六七八九' }, ['nature']],
    ['of ten', { nature: '一二三四五六七八九十' }, []],
    ['empty', { nature: '', trend: ' ', risks: '', proposal: '' }, ['nature', 'trend', 'risks', 'proposal']],
  ])('%s', (_what, change, missing) => {
    expect(missingParts({ ...whole, ...change })).toEqual(missing);
    if (missing.length > 0) expect(() => assertComplete({ ...whole, ...change })).toThrow(missing[0]);
    else expect(() => assertComplete({ ...whole, ...change })).not.toThrow();
  });
});

it.each([
  ['open', '2026-11-20', '2026-11-20', false],
  ['open', '2026-11-20', '2026-11-21', true],
  ['open', null, '2026-11-21', false],
  ['kept', '2026-11-20', '2026-11-21', false],
] as const)('a commitment that is %s for %s is overdue on %s: %s', (state, dueOn, today, overdue) =>
  expect(isCommitmentOverdue({ state, dueOn }, today)).toBe(overdue),
);

describe('suggestOwners', () => {
  const judged = [
    { departmentId: 'housing', role: 'co' as const, reasons: [] },
    { departmentId: 'ecology', role: 'lead' as const, reasons: [{ text: '提到排污' }] },
  ];
  const returned = (departmentId: string, suggestedDepartmentId: string | null) => ({
    departmentId,
    departmentName: '市水利局',
    suggestedDepartmentId,
    reason: '非本局职责',
  });
  it.each([
    ['whom the one who returned it names stands first', [returned('water', 'housing')], ['housing', 'ecology', 'office']],
    ['the judged lead where nobody is named', [returned('water', null)], ['ecology', 'housing', 'office']],
    ['never one that returned it', [returned('ecology', null), returned('housing', 'ecology')], ['office']],
  ])('%s', (_what, returns, ids) => {
    const found = suggestOwners({ judged, returns, fallbackDepartmentId: 'office' });
    expect(found.map((one) => one.departmentId)).toEqual(ids);
    expect(found.every((one) => one.grounds.length > 0)).toBe(true);
  });
});

describe('the gate of 三同步', () => {
  const plan = { outline: '一问一答', forms: ['图解'], channels: ['政务新媒体'], plannedOn: '2026-11-20', responsible: '林' };
  const document = { plan, syncMode: 'deploy' as const, interpretationUrl: null };
  it.each([
    ['submit', document, null],
    ['submit', { ...document, plan: null }, 'plan-missing'],
    ['sign', { ...document, plan: { ...plan, forms: [] } }, 'plan-missing'],
    ['sign', { ...document, plan: { ...plan, plannedOn: null } }, 'plan-missing'],
    ['publish', { ...document, plan: null }, null],
    ['publish', { ...document, syncMode: 'publish' }, 'interpretation-missing'],
    ['publish', { ...document, syncMode: 'publish', interpretationUrl: 'http://a.example/1' }, null],
  ] as const)('%s', (action, of, code) => expect(gateRefusal(action, of)?.code ?? null).toBe(code));
  it('names everything that a plan lacks', () => {
    expect(missingOfPlan({ outline: ' ', forms: [], channels: [], plannedOn: null, responsible: '' })).toEqual([
      '解读提纲',
      '解读形式',
      '解读渠道',
      '解读时间',
      '责任人',
    ]);
    expect(missingElements(['background', 'content', 'notes'])).toEqual(['目标任务', '涉及范围', '执行标准']);
  });
});

describe('linksTo', () => {
  const page = 'https://www.wangchuan.example/zc/2026/1.html';
  const target = 'https://www.wangchuan.example/jd/2026/9.html';
  it.each([
    [`<a href="${target}">解读</a>`, true],
    [`<a href='/jd/2026/9.html'>解读</a>`, true],
    [`<a class=x href=../../jd/2026/9.html>解读</a>`, true],
    [`<a href="http://www.wangchuan.example/jd/2026/9.html#top">解读</a>`, true],
    [`<a href="/jd/2026/90.html">解读</a>`, false],
    [`<a href="https://other.example/jd/2026/9.html">解读</a>`, false],
    [`解读见 ${target}`, false],
    [`<a href="javascript:void(0)">x</a><a href="">y</a>`, false],
  ])('%s: %s', (html, found) => expect(linksTo(html, page, target)).toBe(found));
});

describe('copiedShare', () => {
  const document = '第一条 为规范停车收费管理，根据有关规定，制定本办法。第二条 首小时收费五元，此后每小时三元。';
  it.each([
    ['首小时收费五元，此后每小时三元。', true],
    ['以前按次收费，现在按小时收费，短停的人花得更少了。', false],
    ['', false],
  ])('%s', (text, copied) => expect(isCopied(copiedShare(text, document))).toBe(copied));
});
