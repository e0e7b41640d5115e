import { Body, Delete, Get, HttpCode, Inject, Optional, Post, Req, Res } from '@nestjs/common';
import { loginRequest, type LoginHints, type LoginRequest, type SessionView } from '@huiying/contracts/http';
import { ENVIRONMENT, valid } from '@huiying/platform';
import type { Environment } from '@huiying/settings';
import { EVERYBODY, type Actor } from './actor.js';
import { sessionCookie } from './cookie.js';
import { Allow, CurrentActor, CurrentSession, Guarded, Open, type GuardedRequest } from './guarded.js';
import { PeopleDesk } from './people-desk.js';
import { LONGEST_MS, SessionDesk, type LiveSession } from './sessions.js';

/** Token of the accounts the login page may show; only ever given for the demo. */
export const LOGIN_HINTS = Symbol('login hints');

interface HeaderSetter {
  setHeader(name: string, value: string): void;
}

@Guarded('api/session')
export class SessionController {
  private readonly secure: boolean;

  constructor(
    @Inject(SessionDesk) private readonly sessions: SessionDesk,
    @Inject(PeopleDesk) private readonly people: PeopleDesk,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Optional() @Inject(LOGIN_HINTS) private readonly hintedAccounts: LoginHints['accounts'] = [],
  ) {
    this.secure = environment.publicUrl.startsWith('https:');
  }

  /** Logs in. 401 bad-credentials, 423 account-locked. */
  @Post()
  @HttpCode(200)
  @Open()
  async start(
    @Body(valid(loginRequest)) { username, password }: LoginRequest,
    @Req() request: GuardedRequest,
    @Res({ passthrough: true }) answer: HeaderSetter,
  ): Promise<SessionView> {
    const { token, session } = await this.sessions.logIn(username.trim(), password, request.ip ?? 'unknown');
    answer.setHeader('set-cookie', sessionCookie(token, LONGEST_MS / 1000, this.secure));
    return this.toView(session);
  }

  @Get()
  @Allow(EVERYBODY)
  current(@CurrentSession() session: LiveSession): SessionView {
    return this.toView(session);
  }

  @Delete()
  @HttpCode(204)
  @Allow(EVERYBODY)
  async end(
    @CurrentSession() session: LiveSession,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) answer: HeaderSetter,
  ): Promise<void> {
    await this.sessions.logOut(session, actor.origin);
    answer.setHeader('set-cookie', sessionCookie('', 0, this.secure));
  }

  /** What the login page may show before anybody is known. */
  @Get('hints')
  @Open()
  hints(): LoginHints {
    return { city: { name: this.people.cityNow().cityName }, accounts: this.environment.demo ? this.hintedAccounts : [] };
  }

  private toView(session: LiveSession): SessionView {
    const { person, expiresAt } = session;
    const { cityName, serverTime } = this.people.cityNow();
    return {
      person: this.people.toView(person),
      city: { name: cityName },
      expiresAt: expiresAt.toISOString(),
      serverTime,
      demo: this.environment.demo,
    };
  }
}
