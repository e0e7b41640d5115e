import { Controller, Get, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Request } from 'express';
import { BornExpressAdapter } from './born-express.adapter.js';

@Controller()
class Echo {
  @Get('ip')
  ip(@Req() request: Request): object {
    return { ip: request.ip, query: request.query, host: request.hostname };
  }

  @Post('echo')
  echo(@Req() request: Request): unknown {
    return request.body;
  }
}

@Module({ controllers: [Echo] })
class Root {}

describe('requests born as Express wants them', () => {
  let app: NestExpressApplication;
  let url: string;
  const born: boolean[] = [];

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(Root, new BornExpressAdapter(), { logger: false });
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    const express = app.getHttpAdapter().getInstance() as { request: object; response: object };
    (app.getHttpServer() as Server).prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      born.push(Object.getPrototypeOf(request) === express.request, Object.getPrototypeOf(response) === express.response);
    });
  });
  afterAll(() => app.close());

  it('need no other prototype, and are whole requests and answers', async () => {
    const got = await fetch(`${url}/ip?a=1&a=2`);
    expect(await got.json()).toEqual({ ip: '127.0.0.1', query: { a: ['1', '2'] }, host: '127.0.0.1' });
    const headers = { 'content-type': 'application/json' };
    const echoed = await fetch(`${url}/echo`, { method: 'POST', headers, body: JSON.stringify({ 时限: '5 小时' }) });
    expect([echoed.status, await echoed.json()]).toEqual([201, { 时限: '5 小时' }]);
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect(born).toEqual([true, true, true, true, true, true]);
  });
});
