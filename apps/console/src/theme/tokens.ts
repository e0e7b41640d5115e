/**
 * Every colour, size and face of the console, light and dark. Nothing else names a colour.
 * Text colours hold ≥ 4.5:1 on `ground` and on `sheet` (see tokens.spec.ts).
 */
export type Mode = 'light' | 'dark';

export interface Palette {
  /** Behind everything. */
  ground: string;
  /** Panels, rows, dialogs. */
  sheet: string;
  /** A row under the cursor, a pressed tab. */
  lift: string;
  line: string;
  /** Borders of fields and buttons. */
  edge: string;
  ink: string;
  quiet: string;
  accent: string;
  accentSoft: string;
  onAccent: string;
  /** The scale of time. */
  met: string;
  metSoft: string;
  half: string;
  halfSoft: string;
  fifth: string;
  fifthSoft: string;
  /** Overdue and level I only. */
  overdue: string;
  overdueSoft: string;
  onOverdue: string;
  /** Level II. */
  second: string;
  onSecond: string;
  /** Matched words in a text. */
  lit: string;
}

export const PALETTES: Record<Mode, Palette> = {
  light: {
    ground: '#f6f7f9',
    sheet: '#ffffff',
    lift: '#eef2f7',
    line: '#e3e7ec',
    edge: '#c6ced8',
    ink: '#18212c',
    quiet: '#56616f',
    accent: '#1d4a84',
    accentSoft: '#e8eef7',
    onAccent: '#ffffff',
    met: '#44685a',
    metSoft: '#e6eeea',
    half: '#1b5fae',
    halfSoft: '#e5eef9',
    fifth: '#8a5200',
    fifthSoft: '#fbf0dc',
    overdue: '#b3201a',
    overdueSoft: '#fbe9e7',
    onOverdue: '#ffffff',
    second: '#7a4a08',
    onSecond: '#ffffff',
    lit: '#ffe9a8',
  },
  dark: {
    ground: '#11151a',
    sheet: '#181d24',
    lift: '#222933',
    line: '#2a323c',
    edge: '#46515f',
    ink: '#e3e8ee',
    quiet: '#a0abb8',
    accent: '#8ab4ea',
    accentSoft: '#1d2c40',
    onAccent: '#0d1a2b',
    met: '#8fb8a5',
    metSoft: '#1d2b26',
    half: '#7fb3f0',
    halfSoft: '#1a2a3d',
    fifth: '#e2b153',
    fifthSoft: '#332814',
    overdue: '#ff8b7e',
    overdueSoft: '#3a1d1b',
    onOverdue: '#2a0705',
    second: '#e0b878',
    onSecond: '#2a1c05',
    lit: '#5c4a10',
  },
};

export const FACE = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif';

/** Pixels. Everything else is a multiple of the 8 px grid. */
export const SIZES = { text: 14, small: 12, radius: 4, rail: 152, top: 44, control: 32 } as const;

/** The palette as custom properties: `accentSoft` becomes `--accent-soft`. */
export function cssVariables(mode: Mode): string {
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const colours = Object.entries(PALETTES[mode]).map(([name, value]) => `--${kebab(name)}:${value}`);
  return [
    ...colours,
    `--face:${FACE}`,
    `--rail:${SIZES.rail}px`,
    `--top:${SIZES.top}px`,
    `--radius:${SIZES.radius}px`,
    `color-scheme:${mode}`,
  ].join(';');
}
