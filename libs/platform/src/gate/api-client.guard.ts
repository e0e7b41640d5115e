import { timingSafeEqual } from 'node:crypto';
import {
  applyDecorators,
  createParamDecorator,
  HttpException,
  Inject,
  Injectable,
  Logger,
  SetMetadata,
  UnauthorizedException,
  UseGuards,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Clock, Forbidden, KEY_ENDS_SOON_DAYS } from '@huiying/domain';
import { Database, Nonces } from '@huiying/persistence';
import { lastDayOf, type ApiClient, type ApiScope } from '@huiying/settings';
import { ApiKeyRing, keyDigest, type KnownKey } from './api-key-ring.js';
import { CLOCK_SKEW_SECONDS, isSignature, judgeTime } from './request-signature.js';

const SCOPE = 'huiying:api-scope';
const KEY_PARAMETER = 'huiying:api-key-parameter';

interface ApiRequest {
  method: string;
  originalUrl: string;
  headers: Record<string, string | string[] | undefined>;
  rawBody?: Buffer;
  query?: Record<string, unknown>;
  body?: unknown;
  apiClient?: ApiClient;
}
interface ApiAnswer {
  setHeader(name: string, value: string): void;
}

/** A route for other systems: a key (of HUIYING_API_KEYS or of the console) whose system has this scope, sent in `x-api-key` or used to sign the request. */
export function ForSystems(scope: ApiScope): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(SCOPE, scope), UseGuards(ApiClientGuard));
}

/** The key may also come as a parameter of this name: a standard that others wrote asks for it. Prefer the header: an address is logged. */
export function KeyParameter(name: string): MethodDecorator & ClassDecorator {
  return SetMetadata(KEY_PARAMETER, name);
}

/** The system that makes the request. */
export const CurrentClient = createParamDecorator(
  (_: unknown, context: ExecutionContext): ApiClient => context.switchToHttp().getRequest<ApiRequest>().apiClient!,
);

const DAY_MS = 86_400_000;

/** 401 unknown, over or wrongly signed, 403 another scope, 429 too many; a signed request passes once, in whichever process. */
@Injectable()
export class ApiClientGuard implements CanActivate {
  private readonly logger = new Logger('other-systems');
  private readonly nonces: Nonces;

  constructor(
    @Inject(ApiKeyRing) private readonly ring: ApiKeyRing,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Database) database: Database,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {
    this.nonces = new Nonces(database);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const at = [context.getHandler(), context.getClass()];
    const answer = context.switchToHttp().getResponse<ApiAnswer>();
    const parameter = this.reflector.getAllAndOverride<string | undefined>(KEY_PARAMETER, at);
    const known = await this.identify(request, parameter, await this.ring.known());
    const { client, bucket } = known;
    this.mindItsEnd(known, answer);
    const scope = this.reflector.getAllAndOverride<ApiScope>(SCOPE, at);
    if (!client.scopes.includes(scope))
      throw new Forbidden(`${client.name} has no scope ${scope}`, `密钥 ${client.name} 没有 ${scope} 权限`);
    const seconds = bucket.take(this.clock.now());
    if (seconds > 0) {
      answer.setHeader('retry-after', String(seconds));
      throw tooMany(client.requestsPerMinute, bucket.most, seconds);
    }
    await this.ring.used(known, this.clock.now());
    request.apiClient = client;
    return true;
  }

  /** A key's end must surprise nobody: its last day is in every answer, and in the log when it is near. */
  private mindItsEnd(known: KnownKey, answer: ApiAnswer): void {
    const { client, endsAt, wasEnded } = known;
    if (endsAt === null) return;
    if (wasEnded) throw refused('key-ended', `this key of ${client.name} was ended`, '该密钥已被停用，请换用新密钥');
    const lastDay = lastDayOf(endsAt);
    const now = this.clock.now();
    if (endsAt <= now)
      throw refused('key-ended', `this key of ${client.name} was valid through ${lastDay}`, `该密钥已于 ${lastDay} 到期，请换用新密钥`);
    answer.setHeader('x-key-last-day', lastDay);
    if (endsAt.getTime() - now.getTime() > KEY_ENDS_SOON_DAYS * DAY_MS || !this.ring.isDueToSay(known, now)) return;
    this.logger.warn(`the system ${client.name} still uses a key that ends on ${lastDay}; give it its next one in time`);
  }

  private identify(request: ApiRequest, parameter: string | undefined, known: readonly KnownKey[]): Promise<KnownKey> | KnownKey {
    if (headerOf(request, 'x-signature') !== undefined) return this.signer(request, known);
    const key = headerOf(request, 'x-api-key') ?? (parameter === undefined ? '' : parameterOf(request, parameter));
    const given = keyDigest(key);
    // All keys are compared, by digests of one length: the time taken tells nothing about any of them.
    const found = known.reduce<KnownKey | null>((hit, one) => (timingSafeEqual(one.digest, given) ? one : hit), null);
    if (found === null) throw refused('unknown-api-key', 'the header x-api-key must hold a key of this system', '接口密钥缺失或无效');
    if (found.client.mustSign)
      throw refused('signature-required', `${found.client.name} must sign its requests`, '该密钥只接受带签名的请求');
    return found;
  }

  private async signer(request: ApiRequest, known: readonly KnownKey[]): Promise<KnownKey> {
    const [name, given, timestamp, nonce] = ['x-key-name', 'x-signature', 'x-timestamp', 'x-nonce'].map((h) => headerOf(request, h) ?? '');
    const ofName = known.filter(({ client }) => client.name === name);
    const now = this.clock.now();
    const time = judgeTime(timestamp!, now);
    if (time !== 'fits')
      throw refused('bad-timestamp', `x-timestamp: ${time}; seconds since 1970 within ${CLOCK_SKEW_SECONDS} s of ours`, TIME_SAID[time]);
    if (!/^[\w-]{16,64}$/.test(nonce!))
      throw refused('bad-nonce', 'x-nonce must be 16 to 64 letters, digits, - or _', 'x-nonce 应为 16–64 位字母、数字、- 或 _');
    const parts = { method: request.method, path: request.originalUrl, timestamp: timestamp!, nonce: nonce!, body: request.rawBody ?? '' };
    // An unknown name is checked against a key that nobody has, so that names cannot be found by the time taken.
    const one = ofName.find(({ signingSecret }) => signingSecret !== null && isSignature(given!, parts, signingSecret));
    if (ofName.length === 0) isSignature(given!, parts, '');
    if (!one) throw refused('bad-signature', 'the signature does not fit the request', '签名与请求不符');
    const until = new Date((Number(timestamp) + CLOCK_SKEW_SECONDS + 1) * 1000);
    if (!(await this.nonces.take(one.client.name, nonce!, now, until)))
      throw refused('replayed', 'this nonce was used before', '该请求已收到过（x-nonce 重复）');
    return one;
  }
}

const TIME_SAID = {
  'no-time': 'x-timestamp 应为 1970 年以来的秒数',
  'too-old': '请求时间已过期，请核对本机时钟后重新签名',
  'too-new': '请求时间超前，请核对本机时钟后重新签名',
};

function refused(code: string, message: string, said: string): UnauthorizedException {
  return new UnauthorizedException({ code, message, said });
}

function tooMany(perMinute: number, most: number, seconds: number): HttpException {
  const message = `more than ${perMinute} requests a minute, of which ${most} at once; wait ${seconds} s`;
  return new HttpException({ message, said: `请求过于频繁：每分钟 ${perMinute} 次，一次最多连发 ${most} 次；请等 ${seconds} 秒再试` }, 429);
}

function headerOf({ headers }: ApiRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function parameterOf({ query, body }: ApiRequest, name: string): string {
  const inBody = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  const value = query?.[name] ?? inBody;
  return typeof value === 'string' ? value : '';
}
