import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import { BadConfig, type Environment } from '@huiying/settings';

const LEVELS: LogLevel[] = ['error', 'warn', 'log', 'debug', 'verbose'];
/** Nest's own boot chatter says nothing to an operator. */
const QUIET = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestFactory', 'NestMicroservice', 'NestApplication']);

/** The log an operator reads: one line per fact, JSON where asked for. */
export class ServiceLogger extends ConsoleLogger {
  constructor(environment: Pick<Environment, 'logLevel' | 'logJson'>) {
    super({
      logLevels: LEVELS.slice(0, LEVELS.indexOf(environment.logLevel) + 1),
      json: environment.logJson,
      prefix: 'huiying',
      colors: process.stdout.isTTY === true && !environment.logJson,
    });
  }

  /** A configuration that stops a boot is thrown to main, which tells it in one sentence; Nest would print its stack before. */
  override error(message: unknown, ...rest: unknown[]): void {
    if (message instanceof BadConfig) return;
    super.error(message, ...(rest as [string]));
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (QUIET.has(String(rest.at(-1)))) return;
    super.log(message, ...(rest as [string]));
  }
}
