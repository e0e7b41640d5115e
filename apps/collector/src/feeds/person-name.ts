const MAIL = /[^\s@<>()（）,;:]{1,100}@[^\s@<>()（）,;:]{1,200}/;

/**
 * The name in what RSS calls an author: "mail (name)", "name (mail)", "name <mail>". A mail address that stands alone is kept,
 * having no name beside it; otherwise it is dropped: it is personal data that judging does not need.
 */
export function personName(written: string): string {
  const text = written.replace(/\s+/g, ' ').trim();
  if (text.length > 300 || !MAIL.test(text)) return text;
  const rest = text
    .replace(/mailto:/gi, '')
    .replace(MAIL, '')
    .replace(/^[\s()（）<>,;:"]+|[\s()（）<>,;:"]+$/g, '');
  return rest || MAIL.exec(text)![0];
}
