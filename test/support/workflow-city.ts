import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Judgement, OpinionClassifiedV1 } from '@huiying/contracts';
import { MovableClock, type Clock } from '@huiying/domain';
import type { Database } from '@huiying/persistence';
import { createService, startPlatform, type Platform } from '@huiying/platform';
import { readEnvironment } from '@huiying/settings';
import { DeadlineEngine } from '../../apps/response-workflow/src/deadlines/index.js';
import { EscalationEngine } from '../../apps/response-workflow/src/escalating/index.js';
import type { Due } from '../../apps/response-workflow/src/ticking/index.js';
import { ResponseWorkflowModule, type ResponseWorkflowOptions } from '../../apps/response-workflow/src/response-workflow.module.js';
import { DEMO_PASSWORD, DEMO_PEOPLE } from '../../apps/standalone/src/demo/people.js';
import { freshDatabase } from './database.js';

export interface Answer<T = unknown> {
  status: number;
  body: T;
  headers: Headers;
}

/** Somebody logged in through HTTP. */
export interface LoggedIn {
  cookie: string;
  get<T>(path: string): Promise<Answer<T>>;
  post<T>(path: string, body?: unknown): Promise<Answer<T>>;
}

/** response-workflow as a process would run it, on a real database and the embedded log, with a clock that the spec moves. */
export class WorkflowCity {
  private constructor(
    readonly clock: MovableClock,
    readonly platform: Platform,
    readonly app: NestExpressApplication,
    readonly url: string,
  ) {}

  static async start(
    databaseUrl: string,
    clock: MovableClock,
    env: Record<string, string> = {},
    options: ResponseWorkflowOptions = {},
  ): Promise<WorkflowCity> {
    const environment = readEnvironment({
      HUIYING_CONFIG: resolve('config'),
      HUIYING_LOG_LEVEL: 'error',
      HUIYING_DATABASE_POOL: '12',
      ...env,
    });
    const platform = await startPlatform({ environment, clock, databaseUrl, name: 'spec', schemas: ['workflow'] });
    const accounts = DEMO_PEOPLE.map((person) => ({ ...person, password: DEMO_PASSWORD }));
    const app = await createService(platform, [ResponseWorkflowModule.with({ accounts, showAccounts: true, ...options })]);
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    return new WorkflowCity(clock, platform, app, await app.getUrl());
  }

  /** Ends the process's part; the database stays as it is. */
  async stop(): Promise<void> {
    await this.app.close();
    await this.platform.stop();
  }

  /** @throws Error when the login is refused */
  async logIn(username: string): Promise<LoggedIn> {
    const answer = await this.ask('POST', '/api/session', { username, password: DEMO_PASSWORD });
    if (answer.status !== 200) throw new Error(`${username} could not log in: ${JSON.stringify(answer.body)}`);
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
    return {
      cookie,
      get: (path) => this.ask('GET', path, undefined, { cookie }),
      post: (path, body) => this.ask('POST', path, body, { cookie, origin: this.url }),
    };
  }

  async ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json');
    return { status: answer.status, body: (isJson && text ? JSON.parse(text) : text) as T, headers: answer.headers };
  }

  async publish(...events: OpinionClassifiedV1[]): Promise<void> {
    await this.platform.log.publish(
      events.map((event) => ({ topic: event.type, key: event.data.story.storyId, value: JSON.stringify(event) })),
    );
  }

  /** Fires every step that is due at the clock's instant. */
  tick(): Promise<void> {
    const engine = this.app.get(DeadlineEngine, { strict: false });
    return this.exhaust({ tick: () => engine.tick(), nextAt: () => engine.nextStepAt() });
  }

  /** Makes every move that is due of what climbs while nobody acknowledges it. */
  climb(): Promise<void> {
    const engine = this.app.get(EscalationEngine, { strict: false });
    return this.exhaust({ tick: () => engine.tick(), nextAt: () => engine.nextMoveAt() });
  }

  /** Until nothing is due: what the city's own ticker has in hand counts once it is committed. */
  private async exhaust(due: Due): Promise<void> {
    await eventually(async () => {
      while ((await due.tick()) > 0);
      const next = await due.nextAt();
      return next === null || next > this.clock.now();
    }, 'nothing is due any more');
  }
}

/** A city of a spec's own, with its database. */
export async function freshCity(at: string, env: Record<string, string> = {}, options: ResponseWorkflowOptions = {}) {
  const { url, drop, database } = await freshDatabase();
  const clock = new MovableClock(new Date(at));
  const city = await WorkflowCity.start(url, clock, env, options);
  return { city, clock, url, database, drop };
}

/** A guard against hanging, no measure of speed: long enough for a machine that does much else. */
const HANGS_AFTER_MS = 45_000;

/** Asks again until the answer is there. @throws Error where it does not come, with what was waited for */
export async function eventually<T>(look: () => Promise<T | null | undefined | false>, what = 'it'): Promise<T> {
  const started = performance.now();
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (performance.now() - started > HANGS_AFTER_MS) throw new Error(`${what} did not happen within ${HANGS_AFTER_MS / 1_000} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export interface OpinionSketch {
  opinionId?: string;
  storyId?: string;
  revision?: number;
  level?: 'I' | 'II' | 'III' | 'IV';
  title?: string;
  text?: string;
  channel?: OpinionClassifiedV1['data']['opinion']['channel'];
  sourceId?: string;
  urgency?: string | null;
  flagged?: boolean;
  capturedAt?: Date;
  lead?: string | null;
}

/** An opinion.classified of the fictional city. */
export function classified(clock: Clock, sketch: OpinionSketch = {}): OpinionClassifiedV1 {
  const { level = 'II', flagged = true, lead = 'emergency', channel = 'forum', sourceId = 'wangchuan-forum' } = sketch;
  const opinionId = sketch.opinionId ?? randomUUID();
  const capturedAt = (sketch.capturedAt ?? clock.now()).toISOString();
  const isOrder = channel === 'hotline';
  const judgement: Judgement = {
    jurisdiction: { verdict: 'ours', places: ['望北新区'], reasons: [{ text: '提到望北新区', matches: [] }] },
    publicOpinion: { verdict: flagged, score: flagged ? 0.9 : 0.1, keyCategory: flagged ? 'emergency' : null, reasons: [] },
    topic: { code: '0601', name: '安全生产', score: 0.8, reasons: [] },
    departments: lead === null ? [] : [{ departmentId: lead, name: '市应急管理局', role: 'lead', score: 0.9, reasons: [] }],
    severity: { level, incident: null, facts: [], reasons: [] },
    sentiment: { label: 'negative', score: -0.6 },
    judgedBy: 'spec',
  };
  return {
    id: randomUUID(),
    type: 'opinion.classified',
    version: 1,
    occurredAt: clock.now().toISOString(),
    causedBy: null,
    data: {
      opinion: {
        opinionId,
        revision: sketch.revision ?? 1,
        sourceId,
        sourceName: isOrder ? '12345热线' : '望川论坛',
        channel,
        title: sketch.title ?? '望北化工园夜里冒黄烟',
        text: sketch.text ?? '望北化工园凌晨一点多冒黄烟，味道刺鼻，附近安置三区的人都闻到了，有老人胸闷送医。',
        url: isOrder ? null : 'http://forum.example/1',
        author: null,
        publishedAt: capturedAt,
        capturedAt,
        sha256: 'a'.repeat(64),
        order: isOrder
          ? {
              orderNo: `WC${opinionId.slice(0, 8)}`,
              version: 1,
              appealType: '投诉',
              urgency: sketch.urgency ?? null,
              category: null,
              region: null,
              leadUnit: null,
            }
          : null,
      },
      story: { storyId: sketch.storyId ?? randomUUID(), relation: 'first', similarity: 1 },
      judgement,
    },
  };
}

/** What a process that died had in hand may be taken by others: as if the two minutes of the database's clock had passed. */
export async function leasesRunOut(database: Database): Promise<void> {
  await database.query(`UPDATE workflow.delivery SET lease_until = clock_timestamp() WHERE lease_until IS NOT NULL`);
}
