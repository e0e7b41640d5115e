import { contrast } from './contrast.js';
import { cssVariables, PALETTES, type Mode, type Palette } from './tokens.js';

const GROUNDS = ['ground', 'sheet', 'lift'] as const;
const TEXTS = ['ink', 'quiet', 'accent', 'met', 'half', 'fifth', 'overdue', 'second'] as const;
const ON_SOFT: [keyof Palette, keyof Palette][] = [
  ['accent', 'accentSoft'],
  ['met', 'metSoft'],
  ['half', 'halfSoft'],
  ['fifth', 'fifthSoft'],
  ['overdue', 'overdueSoft'],
  ['onAccent', 'accent'],
  ['onOverdue', 'overdue'],
  ['onSecond', 'second'],
  ['ink', 'lit'],
];

describe.each(['light', 'dark'] as Mode[])('the %s palette', (mode) => {
  const palette = PALETTES[mode];
  it.each(TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)))('shows %s on %s at 4.5:1 or more', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });
  it.each(ON_SOFT)('shows %s on %s at 4.5:1 or more', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5);
  });
  it('draws the edges of fields at a visible 1.5:1', () => {
    expect(contrast(palette.edge, palette.sheet)).toBeGreaterThanOrEqual(1.5);
  });
});

it('measures black on white as 21:1', () => expect(contrast('#000000', '#ffffff')).toBeCloseTo(21));

it('hands the palette over as custom properties', () => {
  expect(cssVariables('light')).toContain('--accent-soft:#e8eef7');
  expect(cssVariables('dark')).toContain('color-scheme:dark');
});
