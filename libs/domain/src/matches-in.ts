/**
 * All matches of a pattern, in order, as `text.matchAll(pattern)` gives them, but without the copy of the pattern that it makes for each
 * text: to copy a long one takes more time than to search a sentence with it.
 * @param pattern with the flag g; its own place is moved
 */
export function matchesIn(pattern: RegExp, text: string): RegExpExecArray[] {
  const found: RegExpExecArray[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    found.push(match);
    if (match[0] === '') pattern.lastIndex += 1;
  }
  return found;
}
