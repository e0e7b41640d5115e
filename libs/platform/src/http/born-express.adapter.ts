import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';

/**
 * Largest head of a request, address and all, in bytes. Node's own 16 KiB is full with 1,800 Chinese characters in an address, and it
 * answers 431 without a word; with this, some 7,000 reach the check that names the field and its limit.
 */
const HEAD_AT_MOST = 65_536;

interface Express {
  request: object;
  response: object;
}

/**
 * Express gives every request and answer another prototype after Node has made it; an object changed so is slow ever after, and that was
 * more than half of what a small request cost (165 → 75 µs of processor time). Here both are born with the prototype Express wants.
 */
export class BornExpressAdapter extends ExpressAdapter {
  override initHttpServer(options: NestApplicationOptions): void {
    const { request, response } = this.getInstance<Express>();
    if (options.httpsOptions || !canBeBorn(IncomingMessage) || !canBeBorn(ServerResponse)) return super.initHttpServer(options);
    const born = {
      maxHeaderSize: HEAD_AT_MOST,
      IncomingMessage: bornWith(IncomingMessage, request),
      ServerResponse: bornWith(ServerResponse, response),
    };
    this.httpServer = createServer(born, this.getInstance());
  }
}

/** Node's are functions of the old kind; a class could not be called for an object that is already there. */
function canBeBorn(constructor: object): boolean {
  return !/^class\b/.test(Function.prototype.toString.call(constructor));
}

function bornWith<T>(constructor: T, prototype: object): T {
  const make = constructor as (this: unknown, ...of: unknown[]) => void;
  function Born(this: unknown, ...of: unknown[]): void {
    make.apply(this, of);
  }
  Born.prototype = prototype;
  return Born as T;
}
