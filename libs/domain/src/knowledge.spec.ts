import { citeWarning, knowledgeState } from './knowledge.js';

it.each([
  ['holds until further notice', 'active', null, '2099-01-01', 'active'],
  ['holds on its last day', 'active', '2026-11-26', '2026-11-26', 'active'],
  ['has expired the day after', 'active', '2026-11-26', '2026-11-27', 'expired'],
  ['a draft stays one', 'draft', '2026-11-26', '2026-11-27', 'draft'],
  ['what was withdrawn stays so', 'withdrawn', '2026-11-26', '2026-11-27', 'withdrawn'],
] as const)('an entry %s', (_, state, expiresOn, today, expected) => expect(knowledgeState({ state, expiresOn }, today)).toBe(expected));

it.each([
  ['nothing of the newest version of what holds', { state: 'active', expiresOn: null, version: 2 }, 2, null],
  ['a newer version', { state: 'active', expiresOn: null, version: 2 }, 1, '已有新版本（第 2 版）'],
  [
    'that it has expired, before that there is a newer version',
    { state: 'active', expiresOn: '2026-11-25', version: 2 },
    1,
    '已于 2026-11-25 失效，请核对后再引用',
  ],
  ['that it was withdrawn', { state: 'withdrawn', expiresOn: null, version: 1 }, 1, '已下线，请勿再引用'],
  ['that it is not complete', { state: 'draft', expiresOn: null, version: 1 }, 1, '尚未补充完整'],
] as const)('who cites is told %s', (_, entry, cited, expected) => expect(citeWarning(entry, cited, '2026-11-26')).toBe(expected));
