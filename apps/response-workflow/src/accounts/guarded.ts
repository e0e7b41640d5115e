import {
  applyDecorators,
  Controller,
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  UnauthorizedException,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Role } from '@huiying/contracts/http';
import { Forbidden } from '@huiying/domain';
import { actorOf, type Actor } from './actor.js';
import { readSessionCookie } from './cookie.js';
import { SessionDesk, type LiveSession } from './sessions.js';

export const ROLES = 'huiying:roles';

/** What of an HTTP request the guards read and add. */
export interface GuardedRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  ip?: string;
  actor?: Actor;
  session?: LiveSession;
}

/** A controller of the console's API: nobody passes who is not named by the route, and no other site can write through a browser. */
export function Guarded(path: string): ClassDecorator {
  return applyDecorators(Controller(path), UseGuards(SameOriginGuard, AccountGuard));
}

/** The roles that may use a route. A route without this lets nobody in. */
export const Allow = (roles: readonly Role[]) => SetMetadata(ROLES, roles);

/** A route that needs no login. */
export const Open = () => SetMetadata(ROLES, 'anyone');

/** The person who makes the request. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => requestOf(context).actor!);

export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): LiveSession => requestOf(context).session!);

@Injectable()
export class AccountGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(SessionDesk) private readonly sessions: SessionDesk,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const allowed = this.reflector.get<readonly Role[] | 'anyone' | undefined>(ROLES, context.getHandler());
    if (allowed === 'anyone') return true;
    const request = requestOf(context);
    const token = readSessionCookie(headerOf(request, 'cookie'));
    const session = token ? await this.sessions.use(token) : null;
    if (!session) throw new UnauthorizedException({ code: 'unauthenticated', message: 'no session, or it has ended', said: '请先登录' });
    if (!allowed?.includes(session.person.role)) throw new Forbidden(`${session.person.role} may not ${request.method} here`);
    request.session = session;
    request.actor = actorOf(session.person, request.ip ?? 'unknown');
    return true;
  }
}

/**
 * Refuses writes that a page of another site made the browser send. Browsers say where a request comes from; a client that
 * says nothing is no browser, and has no cookie that was not given to it.
 */
@Injectable()
export class SameOriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = requestOf(context);
    if (request.method === 'GET' || request.method === 'HEAD') return true;
    if (isSameOrigin(headerOf(request, 'sec-fetch-site'), headerOf(request, 'origin'), headerOf(request, 'host'))) return true;
    throw new Forbidden('a page of another site sent this request', '请求来自其他网站，已拒绝');
  }
}

/** Pure, so that every combination is a row in a test. */
export function isSameOrigin(fetchSite: string | undefined, origin: string | undefined, host: string | undefined): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return false;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

function headerOf(request: GuardedRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function requestOf(context: ExecutionContext): GuardedRequest {
  return context.switchToHttp().getRequest<GuardedRequest>();
}
