import { createHmac } from 'node:crypto';

export interface Filling {
  values: Readonly<Record<string, string>>;
  secrets: ReadonlyMap<string, string>;
}

const HMAC = /\{hmac\.([a-z][a-z0-9-]*):((?:[^{}]|\{[^{}]*\})*)\}/g;
const PLAIN = /\{(?:secret\.([a-z][a-z0-9-]*)|([a-z]+))\}/g;

/**
 * A request with its placeholders filled, at any depth: {phone} {text} {id} … , {secret.NAME}, and {hmac.NAME:…} = hex HMAC-SHA256 of
 * what follows, filled first. A placeholder that is none stays as it stands. What is filled in is never read again as a template.
 */
export function filled(template: unknown, filling: Filling): unknown {
  if (typeof template === 'string') return filledText(template, filling);
  if (Array.isArray(template)) return template.map((one) => filled(one, filling));
  if (typeof template !== 'object' || template === null) return template;
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, filled(value, filling)]));
}

function filledText(text: string, filling: Filling): string {
  const parts: string[] = [];
  let after = 0;
  for (const match of text.matchAll(HMAC)) {
    parts.push(plain(text.slice(after, match.index), filling));
    parts.push(
      createHmac('sha256', filling.secrets.get(match[1]!) ?? '')
        .update(plain(match[2]!, filling))
        .digest('hex'),
    );
    after = match.index + match[0].length;
  }
  return [...parts, plain(text.slice(after), filling)].join('');
}

function plain(text: string, { values, secrets }: Filling): string {
  return text.replace(PLAIN, (whole, secret: string | undefined, value: string | undefined) =>
    secret === undefined ? (values[value!] ?? whole) : (secrets.get(secret) ?? whole),
  );
}
