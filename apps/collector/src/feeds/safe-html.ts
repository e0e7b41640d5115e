import sanitizeHtml from 'sanitize-html';
import { HIDDEN, withinLimits } from '@huiying/fetching/pages';
import { resolveAddress } from './addresses.js';
import type { Markup } from './text-construct.js';

/** Ordinary markup of texts, tables and pictures. No forms, frames, objects, drawings or styles. */
const TAGS =
  'a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr'.split(
    ' ',
  );
const CELL = ['abbr', 'align', 'colspan', 'headers', 'rowspan', 'scope', 'valign'];
const ATTRIBUTES = {
  '*': ['dir', 'lang', 'title'],
  a: ['href', 'hreflang', 'name', 'rel', 'type'],
  audio: ['controls', 'src'],
  blockquote: ['cite'],
  col: ['span'],
  colgroup: ['span'],
  del: ['cite', 'datetime'],
  font: ['color', 'face', 'size'],
  img: ['align', 'alt', 'height', 'src', 'width'],
  ins: ['cite', 'datetime'],
  li: ['value'],
  ol: ['reversed', 'start', 'type'],
  q: ['cite'],
  source: ['src', 'type'],
  table: ['border', 'cellpadding', 'cellspacing', 'summary', 'width'],
  td: CELL,
  th: CELL,
  time: ['datetime'],
  video: ['controls', 'height', 'poster', 'src', 'width'],
};
const ADDRESSES = ['href', 'src', 'cite', 'poster'];
const OPTIONS: sanitizeHtml.IOptions = {
  allowedTags: TAGS,
  allowedAttributes: ATTRIBUTES,
  allowedSchemes: ['http', 'https', 'ftp', 'mailto', 'tel'],
  allowedSchemesAppliedToAttributes: ADDRESSES,
  nonTextTags: HIDDEN,
  nestingLimit: 100,
};

/** HTML that may be shown: ordinary markup only, nothing that runs, loads a frame, or posts; links and pictures against their base. */
export function safeHtml({ html, base }: Markup): string {
  const resolve: sanitizeHtml.Transformer = (tagName, attribs) => ({ tagName, attribs: resolved(attribs, base) });
  return sanitizeHtml(withinLimits(html), base === null ? OPTIONS : { ...OPTIONS, transformTags: { '*': resolve } }).trim();
}

function resolved(attributes: sanitizeHtml.Attributes, base: string | null): sanitizeHtml.Attributes {
  for (const name of ADDRESSES) {
    const written = attributes[name];
    if (written !== undefined) attributes[name] = resolveAddress(written, base) ?? '';
  }
  return attributes;
}
