/** A stretch of a text, in UTF-16 code units, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

const SENTENCE_END = /[。！？!?；;…\n]/;
/** Closing marks belong to the sentence that they close. */
const CLOSING = /[”’」』）)】》"']/;

/** The sentences of a text, in order; together with the white space between them they cover it. */
export function splitSentences(text: string): Span[] {
  return split(text, SENTENCE_END);
}

const CLAUSE_END = /[，,、：:。！？!?；;…\n]/;

/** As splitSentences, ending at commas too. */
export function splitClauses(text: string): Span[] {
  return split(text, CLAUSE_END);
}

function split(text: string, end: RegExp): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (!end.test(text[i]!) || isInsideNumber(text, i)) continue;
    while (i + 1 < text.length && (end.test(text[i + 1]!) || CLOSING.test(text[i + 1]!))) i++;
    add(spans, text, start, i + 1);
    start = i + 1;
  }
  add(spans, text, start, text.length);
  return spans;
}

/** 1,200 and 12:30 end nothing. */
function isInsideNumber(text: string, at: number): boolean {
  return (text[at] === ',' || text[at] === ':') && isDigit(text[at - 1]) && isDigit(text[at + 1]);
}

function isDigit(sign: string | undefined): boolean {
  return sign !== undefined && sign >= '0' && sign <= '9';
}

function add(spans: Span[], text: string, start: number, end: number): void {
  while (start < end && /\s/.test(text[start]!)) start++;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  if (end > start) spans.push({ start, end });
}
