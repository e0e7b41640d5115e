import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

/** 宋体 for text, 黑体 for headings and pictures: both OFL, and both with the whole of the common Chinese characters. */
export type FaceName = 'serif' | 'sans';

/** A city's machine need not have a Chinese font: these come with us, each in slices by Unicode range. */
const PACKAGES: Record<FaceName, string> = {
  serif: '@fontsource-variable/noto-serif-sc',
  sans: '@fontsource-variable/noto-sans-sc',
};

type Canvas = typeof import('@napi-rs/canvas');

/** What is drawn with: the canvas and, by character, the slices of the faces. Loaded when the first picture is asked for. */
export interface Drawing {
  canvas: Canvas;
  /** The family list for a text: its slices alone, so that none is looked through in vain. */
  familyOf(face: FaceName, text: string): string;
}

let opened: Promise<Drawing> | null = null;

export function openDrawing(): Promise<Drawing> {
  opened ??= import('@napi-rs/canvas').then((canvas) => {
    const faces = { serif: slicesOf('serif', canvas), sans: slicesOf('sans', canvas) };
    return { canvas, familyOf: (face, text) => familyOf(faces[face], text) };
  });
  return opened;
}

interface Slices {
  /** Family name by slice, in the order of the package: Chinese first, Latin last. */
  names: string[];
  of: ReadonlyMap<number, number>;
}

function slicesOf(face: FaceName, { GlobalFonts }: Canvas): Slices {
  const folder = dirname(createRequire(__filename).resolve(`${PACKAGES[face]}/package.json`));
  const ranges = JSON.parse(readFileSync(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  const of = new Map<number, number>();
  const names = Object.entries(ranges).map(([key, codes], index) => {
    const slice = key.replace(/[[\]]/g, '');
    const file = `${PACKAGES[face].split('/')[1]!}-${slice}-wght-normal.woff2`;
    const name = `Huiying${face === 'serif' ? 'Serif' : 'Sans'}${slice.replace(/\W/g, '')}`;
    GlobalFonts.register(readFileSync(join(folder, 'files', file)), name);
    for (const code of codesIn(codes)) of.set(code, index);
    return name;
  });
  return { names, of };
}

function* codesIn(ranges: string): Generator<number> {
  for (const range of ranges.split(',')) {
    const [first, last] = range.trim().slice(2).split('-') as [string, string | undefined];
    for (let code = parseInt(first, 16); code <= parseInt(last ?? first, 16); code++) yield code;
  }
}

function familyOf({ names, of }: Slices, text: string): string {
  const found = new Set<number>([names.length - 1]);
  for (const character of text) {
    const slice = of.get(character.codePointAt(0)!);
    if (slice !== undefined) found.add(slice);
  }
  return [...found]
    .sort((a, b) => b - a)
    .map((index) => names[index]!)
    .join(',');
}
