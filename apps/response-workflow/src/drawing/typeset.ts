/** Signs that may not begin a line: they hang over its end (标点悬挂). */
const HANGING = '，。、；：！？）》」』】〕”’…—％,.;:!?)]}%';
/** Signs that may not end a line: they go to the next. */
const OPENING = '（《「『【〔“‘([{';

/** Widths in the unit of the page; of a text that is set as one. */
export type Measure = (text: string) => number;

/**
 * Breaks a text into lines: between any two Chinese characters, never inside a figure or a Latin word unless it alone is too long, with no
 * closing sign at a line's begin and no opening one at its end. Pure.
 * @param indent what the first line is shorter by
 */
export function typeset(text: string, width: number, measure: Measure, indent = 0): string[] {
  const lines: string[] = [];
  let line = '';
  let used = indent;
  /** Signs that stand beyond the line's end. */
  let hung = 0;
  const wrap = () => {
    const opened = [...line].at(-1) ?? '';
    const goesOn = line.length > opened.length && OPENING.includes(opened) ? opened : '';
    lines.push(goesOn === '' ? line.trimEnd() : line.slice(0, -goesOn.length));
    line = goesOn;
    used = goesOn === '' ? 0 : measure(goesOn);
    hung = 0;
  };
  for (const piece of piecesOf(text, width, measure)) {
    if (piece === '\n') {
      wrap();
      continue;
    }
    const wide = measure(piece);
    if (used + wide > width + 0.01 && line !== '' && !(HANGING.includes(piece) && hung < 2)) wrap();
    if (line === '' && piece === ' ') continue;
    line += piece;
    used += wide;
    if (used > width + 0.01) hung += 1;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

function* piecesOf(text: string, width: number, measure: Measure): Generator<string> {
  for (const [piece] of text.matchAll(/[\u0021-\u024f]+|\s|[^\u0021-\u024f\s]/gu)) {
    if (piece === '\r') continue;
    if (piece.length === 1 || measure(piece) <= width) yield piece;
    else yield* piece;
  }
}
