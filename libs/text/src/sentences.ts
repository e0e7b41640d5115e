/** A stretch of a text, in UTF-16 code units, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

/** What a sign does, by its code unit; a table, because each sign of each text is looked up. */
const ENDS_SENTENCE = 1;
const ENDS_CLAUSE = 2;
const CLOSES = 4;
const SPACE = 8;
const ROLES = new Uint8Array(0x10000);
for (const sign of '。！？!?；;…\n') ROLES[sign.charCodeAt(0)] = ENDS_SENTENCE | ENDS_CLAUSE;
for (const sign of '，,、：:') ROLES[sign.charCodeAt(0)] = ENDS_CLAUSE;
/** Closing marks belong to the sentence that they close. */
for (const sign of '”’」』）)】》"\'') ROLES[sign.charCodeAt(0)] = CLOSES;
for (let unit = 0; unit < ROLES.length; unit++) if (/\s/.test(String.fromCharCode(unit))) ROLES[unit]! |= SPACE;

/** The sentences of a text, in order; together with the white space between them they cover it. */
export function splitSentences(text: string): Span[] {
  return split(text, ENDS_SENTENCE);
}

/** As splitSentences, ending at commas too. */
export function splitClauses(text: string): Span[] {
  return split(text, ENDS_CLAUSE);
}

function split(text: string, end: number): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if ((roleAt(text, i) & end) === 0 || isInsideNumber(text, i)) continue;
    while (i + 1 < text.length && (roleAt(text, i + 1) & (end | CLOSES)) !== 0) i++;
    add(spans, text, start, i + 1);
    start = i + 1;
  }
  add(spans, text, start, text.length);
  return spans;
}

function roleAt(text: string, at: number): number {
  return ROLES[text.charCodeAt(at)]!;
}

/** 1,200 and 12:30 end nothing. */
function isInsideNumber(text: string, at: number): boolean {
  return (text[at] === ',' || text[at] === ':') && isDigit(text[at - 1]) && isDigit(text[at + 1]);
}

function isDigit(sign: string | undefined): boolean {
  return sign !== undefined && sign >= '0' && sign <= '9';
}

function add(spans: Span[], text: string, start: number, end: number): void {
  while (start < end && (roleAt(text, start) & SPACE) !== 0) start++;
  while (end > start && (roleAt(text, end - 1) & SPACE) !== 0) end--;
  if (end > start) spans.push({ start, end });
}
