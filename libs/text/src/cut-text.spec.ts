import { processorSeconds } from '../../../test/support/processor-time.js';
import { cutText, lengthOf } from './cut-text.js';

const FAMILY = '👨‍👩‍👧';

it.each([
  ['停水通知', 12, 'bytes', '停水通知'],
  ['停水通知', 11, 'bytes', '停水…'],
  ['停水通知', 9, 'bytes', '停水…'],
  ['停水通知', 8, 'bytes', '停…'],
  ['停水通知', 3, 'bytes', '…'],
  ['停水通知', 2, 'bytes', ''],
  ['停水通知', 4, 'units', '停水通知'],
  ['停水通知', 3, 'units', '停水…'],
  [`火${FAMILY}情`, 20, 'bytes', '火…'],
  [`火${FAMILY}情`, 24, 'bytes', `火${FAMILY}情`],
  [`火${FAMILY}情况`, 24, 'bytes', `火${FAMILY}…`],
  ['e\u0301a', 3, 'bytes', '…'],
  ['a  b', 4, 'units', 'a  b'],
  ['ab  cd', 4, 'units', 'ab…'],
] as const)('%s in %i %s is %s', (text, most, measure, cut) => {
  expect(cutText(text, { most, measure })).toBe(cut);
});

it('never leaves half a character, at any limit', () => {
  const text = `${FAMILY}望北化工园🏭冒黄烟𠮷`.repeat(3);
  for (let most = 0; most <= Buffer.byteLength(text); most++) {
    const cut = cutText(text, { most, measure: 'bytes' });
    expect(lengthOf(cut, 'bytes')).toBeLessThanOrEqual(most);
    expect(Buffer.from(cut).toString()).toBe(cut);
    expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
  }
});

it('cuts a long text without reading it all sign by sign', async () => {
  const text = `🏭${FAMILY}望北化工园`.repeat(20_000);
  expect(await processorSeconds(() => cutText(text, { most: 18_000, measure: 'bytes' }))).toBeLessThan(0.5);
});
