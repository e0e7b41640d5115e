import { createHash, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, UnauthorizedException, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ENVIRONMENT } from '@huiying/platform';
import type { Environment } from '@huiying/settings';

/** Lets in systems that know one of HUIYING_API_KEYS, sent in the header `x-api-key`. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  private readonly digests: Buffer[];

  constructor(@Inject(ENVIRONMENT) environment: Environment) {
    this.digests = [...environment.apiKeys.values()].map(digest);
  }

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string | string[] | undefined> }>();
    const key = headers['x-api-key'];
    if (typeof key === 'string' && this.knows(key)) return true;
    throw new UnauthorizedException({
      message: 'the header x-api-key must hold a key of this system',
      code: 'unknown-api-key',
      said: '接口密钥缺失或无效',
    });
  }

  /** All keys are compared, by digests of one length: the time taken tells nothing about any of them. */
  private knows(key: string): boolean {
    const given = digest(key);
    return this.digests.reduce((found, known) => timingSafeEqual(known, given) || found, false);
  }
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
