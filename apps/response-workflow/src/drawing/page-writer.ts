import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Drawing, FaceName } from './faces.js';
import { typeset } from './typeset.js';

/** Points; 1 mm = 72/25.4. */
const MM = 72 / 25.4;
/**
 * GB/T 9704-2012: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm of 22 lines with 28 characters. A character is as wide as its share of the
 * line, a line as high as its share of the page.
 */
export const PAGE = {
  width: 210 * MM,
  height: 297 * MM,
  left: 28 * MM,
  top: 37 * MM,
  textWidth: 156 * MM,
  textHeight: 225 * MM,
  pitch: (225 / 22) * MM,
  character: (156 / 28) * MM,
};

/** How a text is set. `weight` 400 to 900; `size` in points, one character's width where left out (三号). */
export interface Style {
  face: FaceName;
  weight?: number;
  size?: number;
  colour?: string;
}

/** Set as Chinese: as Latin the faces draw figures that stand alone by other signs, which a PDF cannot name. */
const LANGUAGE = 'zh-CN';

/** Writes down pages one after the other: what does not fit goes to the next. */
export class PageWriter {
  private readonly pdf: InstanceType<Drawing['canvas']['PDFDocument']>;
  private readonly widths = new Map<string, number>();
  private readonly scratch: SKRSContext2D;
  private sheet: SKRSContext2D | null = null;
  private pageNumber = 0;
  /** Of the next thing, below the top edge of the text. */
  private y = 0;

  constructor(
    private readonly drawing: Drawing,
    about: { title: string; author: string },
  ) {
    this.pdf = new drawing.canvas.PDFDocument({ ...about, creator: '回应', producer: '回应' });
    this.scratch = drawing.canvas.createCanvas(8, 8).getContext('2d');
    this.scratch.lang = LANGUAGE;
    this.newPage();
  }

  /** Breaks to a new page where less than this is left; inside a page a heading keeps room for what follows it. */
  need(height: number): void {
    if (this.y + height > PAGE.textHeight + 0.5 && this.y > 0) this.newPage();
  }

  space(height: number): void {
    this.y = Math.min(this.y + height, PAGE.textHeight);
  }

  /** Room left on this page. */
  get left(): number {
    return PAGE.textHeight - this.y;
  }

  /** A paragraph on the grid of lines. `indent` in characters, of the first line. */
  paragraph(
    text: string,
    style: Style,
    { align = 'left', indent = 0 }: { align?: 'left' | 'center' | 'right'; indent?: number } = {},
  ): void {
    const size = style.size ?? PAGE.character;
    const first = indent * size;
    const lines = typeset(text, PAGE.textWidth, (one) => this.width(one, style), first);
    for (const [i, line] of lines.entries()) {
      this.need(PAGE.pitch);
      const free = PAGE.textWidth - this.width(line, style);
      const x = align === 'center' ? Math.max(free, 0) / 2 : align === 'right' ? Math.max(free, 0) : i === 0 ? first : 0;
      this.draw(line, style, x, this.y + PAGE.pitch / 2 + size * 0.36);
      this.y += PAGE.pitch;
    }
  }

  /** Two texts at both ends of one line. */
  pair(one: string, other: string, style: Style): void {
    this.need(PAGE.pitch);
    const baseline = this.y + PAGE.pitch / 2 + (style.size ?? PAGE.character) * 0.36;
    this.draw(one, style, 0, baseline);
    this.draw(other, style, PAGE.textWidth - this.width(other, style), baseline);
    this.y += PAGE.pitch;
  }

  /** A line over the whole width. */
  rule(colour: string, thickness: number): void {
    const sheet = this.sheet!;
    sheet.fillStyle = colour;
    sheet.fillRect(PAGE.left, PAGE.top + this.y, PAGE.textWidth, thickness);
  }

  /** A picture over the whole width; `ratio` its height to its width. */
  async picture(png: Buffer, ratio: number): Promise<void> {
    const height = PAGE.textWidth * ratio;
    this.need(height);
    this.sheet!.drawImage(await this.drawing.canvas.loadImage(png), PAGE.left, PAGE.top + this.y, PAGE.textWidth, height);
    this.y += height + 6;
  }

  /** Rows with their head, which stands again on every page; a row stands whole on a page. `widths` are shares. */
  table(
    head: readonly string[],
    rows: readonly (readonly string[])[],
    widths: readonly number[],
    isRight: (column: number) => boolean,
  ): void {
    const sum = widths.reduce((a, b) => a + b, 0);
    const columns = widths.map((width) => (PAGE.textWidth * width) / sum);
    const set = (cells: readonly string[], style: Style) =>
      cells.map((cell, i) => typeset(cell, columns[i]! - 2 * CELL.padding, (text) => this.width(text, style)));
    const heightOf = (cells: string[][]) => Math.max(...cells.map((lines) => lines.length)) * CELL.pitch + 2 * CELL.padding;
    const top = set(head, HEAD);
    const write = (cells: string[][], isHead: boolean) => {
      const height = heightOf(cells);
      let x = 0;
      for (const [i, lines] of cells.entries()) {
        this.cell(lines, { x, width: columns[i]!, height, isHead, isRight: isRight(i) });
        x += columns[i]!;
      }
      this.y += height;
    };
    this.need(heightOf(top) + (rows[0] === undefined ? 0 : heightOf(set(rows[0], BODY))));
    write(top, true);
    for (const cells of rows.map((row) => set(row, BODY))) {
      if (heightOf(cells) > this.left) {
        this.newPage();
        write(top, true);
      }
      write(cells, false);
    }
    this.space(CELL.pitch);
  }

  /** The pages as PDF. */
  end(): Buffer {
    this.pdf.endPage();
    return this.pdf.close();
  }

  private cell(lines: readonly string[], box: { x: number; width: number; height: number; isHead: boolean; isRight: boolean }): void {
    const { x, width, height, isHead, isRight } = box;
    const style = isHead ? HEAD : BODY;
    const sheet = this.sheet!;
    sheet.strokeStyle = '#000000';
    sheet.lineWidth = 0.5;
    sheet.strokeRect(PAGE.left + x, PAGE.top + this.y, width, height);
    for (const [i, line] of lines.entries()) {
      const free = Math.max(width - 2 * CELL.padding - this.width(line, style), 0);
      const shift = isHead ? free / 2 : isRight ? free : 0;
      this.draw(line, style, x + CELL.padding + shift, this.y + CELL.padding + i * CELL.pitch + CELL.pitch / 2 + style.size! * 0.36);
    }
  }

  private newPage(): void {
    if (this.sheet !== null) this.pdf.endPage();
    this.sheet = this.pdf.beginPage(PAGE.width, PAGE.height) as unknown as SKRSContext2D;
    this.sheet.lang = LANGUAGE;
    this.pageNumber += 1;
    this.y = 0;
    this.number();
  }

  /** 页码: 四号, a short line on both sides, 7 mm below the text; on odd pages at the right, on even ones at the left, one character in. */
  private number(): void {
    const style: Style = { face: 'serif', size: 14 };
    const text = `— ${this.pageNumber} —`;
    const inset = 14;
    const x = this.pageNumber % 2 === 1 ? PAGE.textWidth - inset - this.width(text, style) : inset;
    this.draw(text, style, x, PAGE.textHeight + 7 * MM + 5);
  }

  /** @param baseline below the top edge of the text */
  private draw(text: string, style: Style, x: number, baseline: number): void {
    const sheet = this.sheet!;
    sheet.font = this.fontOf(style, text);
    sheet.fillStyle = style.colour ?? '#000000';
    sheet.fillText(text, PAGE.left + x, PAGE.top + baseline);
  }

  /** By characters, each measured once. */
  private width(text: string, style: Style): number {
    let sum = 0;
    for (const character of text) sum += this.characterWidth(character, style);
    return sum;
  }

  private characterWidth(character: string, style: Style): number {
    const key = `${style.face}${style.weight ?? 400} ${character}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      this.scratch.font = this.fontOf({ ...style, size: 100 }, character);
      width = this.scratch.measureText(character).width / 100;
      this.widths.set(key, width);
    }
    return width * (style.size ?? PAGE.character);
  }

  private fontOf({ face, weight = 400, size = PAGE.character }: Style, text: string): string {
    return `${weight} ${size}px ${this.drawing.familyOf(face, text)}`;
  }
}

/** 小五. */
const CELL = { padding: 3, pitch: 12.5 };
const BODY: Style = { face: 'serif', size: 9 };
const HEAD: Style = { face: 'sans', weight: 600, size: 9 };
