/** The words that a reason rests on, as the classifier hands them over (UTF-16 offsets, end exclusive). */
export interface Match {
  field: 'title' | 'text';
  start: number;
  end: number;
  term: string;
}
export interface Reason {
  text: string;
  matches: Match[];
}
/** A stretch of text; `reasons` lists the numbers of the reasons that rest on it, empty where nothing does. */
export interface Stretch {
  text: string;
  reasons: number[];
}

/** Cuts a title or text at every edge of a match, so that overlapping reasons each light their own words. */
export function lightUp(text: string, reasons: readonly Reason[], field: Match['field']): Stretch[] {
  const spans = reasons.flatMap((reason, index) =>
    reason.matches
      .filter((match) => match.field === field && match.start < match.end && match.start < text.length)
      .map((match) => ({ ...match, index })),
  );
  const edges = new Set([0, text.length]);
  for (const span of spans) edges.add(Math.max(0, span.start)).add(Math.min(text.length, span.end));
  const cuts = [...edges].sort((a, b) => a - b);
  const stretches = cuts.slice(1).map((end, at) => {
    const start = cuts[at]!;
    const on = spans.filter((span) => span.start <= start && span.end >= end).map(({ index }) => index);
    return { text: text.slice(start, end), reasons: [...new Set(on)].sort((a, b) => a - b) };
  });
  return stretches.filter((stretch) => stretch.text !== '');
}

/** The distinct words of a reason, in the order they stand in the text. */
export function termsOf(reason: Reason): string[] {
  return [...new Set([...reason.matches].sort((a, b) => a.start - b.start).map(({ term }) => term))];
}

/** Lights every occurrence of the words somebody searched for. */
export function lightWords(text: string, query: string): Stretch[] {
  const words = query.split(/\s+/).filter((word) => word !== '');
  const matches = words.flatMap((term) =>
    occurrences(text.toLowerCase(), term.toLowerCase()).map((start): Match => ({ field: 'text', start, end: start + term.length, term })),
  );
  return lightUp(text, [{ text: query, matches }], 'text');
}

function occurrences(text: string, word: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) found.push(at);
  return found;
}
