import { Catch, HttpException, HttpStatus, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { BadInput, Refusal } from '@huiying/domain';
import { problemOf } from './problem.filter.js';

/** An answer by Open311 GeoReport v2. */
export type GeoreportFormat = 'xml' | 'json';

/** The names that the items of a list have in XML; JSON has them not. */
const ITEM_OF: Record<string, string> = {
  services: 'service',
  service_requests: 'request',
  attributes: 'attribute',
  values: 'value',
  errors: 'error',
  endpoints: 'endpoint',
  formats: 'format',
};

interface Answer {
  headersSent: boolean;
  status(code: number): Answer;
  set(name: string, value: string): Answer;
  send(body: string): void;
}

/** What is asked for in this way is not as the standard says; `code` is the HTTP status. */
export class GeoreportError extends HttpException {
  constructor(status: 400 | 404 | 409, description: string) {
    super(description, status);
  }
}

/** `services.json` → json. @throws GeoreportError for another ending */
export function formatOf(ending: string): GeoreportFormat {
  if (ending === 'xml' || ending === 'json') return ending;
  throw new GeoreportError(400, `格式应为 .xml 或 .json，当前为 .${ending.slice(0, 20)}`);
}

/** @param root name of the outermost element of XML */
export function georeportText(format: GeoreportFormat, root: string, value: unknown): string {
  return format === 'json' ? JSON.stringify(value) : `<?xml version="1.0" encoding="utf-8"?>\n${element(root, value)}`;
}

export function sendGeoreport(
  answer: Answer,
  status: number,
  format: GeoreportFormat,
  [root, value]: [root: string, value: unknown],
): void {
  const type = format === 'json' ? 'application/json' : 'text/xml';
  answer
    .status(status)
    .set('content-type', `${type}; charset=utf-8`)
    .send(georeportText(format, root, value));
}

/** Errors in the standard's own form: 403 for a key that is missing or wrong, 404 for what does not exist, 409 for a key of another report, 400 for everything else that was asked wrongly. */
@Catch()
export class GeoreportFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const answer = http.getResponse<Answer>();
    if (answer.headersSent) return;
    const [status, description] = georeportFault(error);
    if (status >= 500) this.logger.error(error instanceof Error ? error.stack : String(error));
    const path = http.getRequest<{ path: string }>().path;
    sendGeoreport(answer, status, path.endsWith('.json') ? 'json' : 'xml', ['errors', [{ code: status, description }]]);
  }
}

/** Pure, so that every kind of error is a row in a test. */
export function georeportFault(error: unknown): [status: number, description: string] {
  if (error instanceof GeoreportError) return [error.getStatus(), error.message];
  const { status, message } = problemOf(error);
  if (status === HttpStatus.UNAUTHORIZED) return [403, `api_key：${message}`];
  if (status >= 500 || status === 429 || status === 403 || status === 404) return [status, message];
  return [400, error instanceof BadInput || error instanceof Refusal ? message : (error as Error).message];
}

function element(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return `<${name}/>`;
  if (Array.isArray(value)) return `<${name}>${value.map((one) => element(ITEM_OF[name] ?? 'item', one)).join('')}</${name}>`;
  if (typeof value === 'object') {
    const inner = Object.entries(value).map(([key, one]) => element(key, one));
    return `<${name}>${inner.join('')}</${name}>`;
  }
  return `<${name}>${xmlText(String(value))}</${name}>`;
}

/** XML 1.0 has no other control characters than these three; what a text holds besides is left out. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
