import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Problem } from '@huiying/contracts/http';
import { BadInput, Forbidden, NotFound, Refusal } from '@huiying/domain';
import { randomUUID } from 'node:crypto';
import { SEND_UTF8 } from './utf8-body.js';

interface Answer {
  headersSent: boolean;
  status(code: number): Answer;
  type(type: string): Answer;
  send(body: unknown): void;
}

/** The one place where errors become HTTP: application/problem+json with a code, an English sentence and a Chinese one. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  catch(error: unknown, host: ArgumentsHost): void {
    const answer = host.switchToHttp().getResponse<Answer>();
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error(`${problem.detail}\n${error instanceof Error ? error.stack : String(error)}`);
    if (answer.headersSent) return;
    answer.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

const BY_STATUS: Record<number, [code: string, message: string]> = {
  400: ['bad-input', '请求内容有误'],
  401: ['unauthenticated', '请先登录'],
  403: ['forbidden', '您没有进行此操作的权限'],
  404: ['not-found', '没有找到'],
  413: ['too-large', '内容过大'],
  415: ['unsupported-media-type', '不支持的内容类型'],
  423: ['account-locked', '账号已锁定'],
  429: ['too-many-requests', '请求过于频繁，请稍后再试'],
};

/** Of a text with U+0000, or one that was cut within a character. */
export const UNSTORABLE = '含有无法保存的字符（空字符，或被截断的表情符号），请删去后重试';
/** PostgreSQL's: a character that its encoding does not have (22021), or that its JSON cannot say (22P05). */
const NO_SUCH_CHARACTER = ['22021', '22P05'];

/** Pure, so that every kind of error is a row in a test. */
export function problemOf(error: unknown): Problem {
  // What the body parser threw, Nest has wrapped.
  const cause = error instanceof HttpException ? error.cause : undefined;
  if (cause instanceof BadInput) return problemOf(cause);
  if (error instanceof BadInput) {
    const faults = error.faults.map((f) => ({ ...f, message: f.message ?? f.rule }));
    return { code: error.code, status: 400, detail: error.message, message: faults.map((f) => f.message).join('；'), faults };
  }
  if (error instanceof Refusal) {
    const status = error instanceof NotFound ? 404 : error instanceof Forbidden ? 403 : 409;
    return {
      code: error.code,
      status,
      detail: error.message,
      message: error.said,
      ...(error.conflict ? { conflict: error.conflict } : {}),
    };
  }
  const status = statusOf(error);
  if (status !== null && status < 500) {
    const [code, message] = BY_STATUS[status] ?? ['refused', '请求被拒绝'];
    const given = error instanceof HttpException ? (error.getResponse() as { code?: string; said?: string }) : {};
    const said = (cause as { type?: unknown } | undefined)?.type === 'charset.unsupported' ? SEND_UTF8 : given.said;
    return { code: given.code ?? code, status, detail: (error as Error).message, message: said ?? message };
  }
  // A part of an address is read by no schema.
  if (NO_SUCH_CHARACTER.includes(String((error as { code?: unknown } | null)?.code)))
    return { code: 'bad-input', status: 400, detail: 'the request holds U+0000', message: UNSTORABLE };
  const reference = randomUUID().slice(0, 8);
  return {
    code: 'unexpected',
    status: status ?? 500,
    detail: `unexpected failure ${reference}`,
    message: `系统出现意外错误（编号 ${reference}），已记录`,
  };
}

/** HttpException of Nest, or an error of the body parser with its status. */
function statusOf(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { status?: unknown; type?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : null;
}
