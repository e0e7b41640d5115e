import { afterLook, type KeptLinks, type LookedLinks } from './link-fate.js';

const look = (documentLeads: boolean | null, interpretationLeads: boolean | null, at = 'T1'): LookedLinks => ({
  documentLeads,
  interpretationLeads,
  failure: documentLeads === null || interpretationLeads === null ? '404' : null,
  at,
});
const whole = look(true, true, 'T0');
const away: KeptLinks = { ...look(null, true, 'T0'), brokenSince: 'T0', told: false };
const told: KeptLinks = { ...look(false, true, 'T0'), brokenSince: 'T0', told: true };

it.each([
  ['whole and still whole', whole, look(true, true), undefined, false],
  ['never looked at, and whole', null, look(true, true), undefined, false],
  ['a link that is gone is sure at once', whole, look(true, false), 'T1', true],
  ['a page that is away may be back tomorrow', whole, look(null, true), 'T1', false],
  ['a page that is away twice', away, look(null, true), 'T0', true],
  ['a page that came back', away, look(true, true), undefined, false],
  ['a page that came back without the link', away, look(false, true), 'T0', true],
  ['told already, and still broken', told, look(false, true), 'T0', false],
  ['told already, and now the page is away too', told, look(null, null), 'T0', false],
  ['mended', told, look(true, true), undefined, false],
  ['never looked at, and away', null, look(null, true), 'T1', false],
] as const)('%s', (_what, before, found, since, tells) => {
  const after = afterLook(before, found);
  expect([after.kept.brokenSince, after.tells]).toEqual([since, tells]);
});

it('is told anew when it breaks again after it was mended', () => {
  const mended = afterLook(told, look(true, true, 'T1')).kept;
  expect(afterLook(mended, look(false, true, 'T2'))).toMatchObject({ kept: { brokenSince: 'T2', told: true }, tells: true });
});
