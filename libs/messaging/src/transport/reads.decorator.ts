import { applyDecorators, Catch, UseFilters, type ExceptionFilter } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { Topic } from '@huiying/contracts';
import { throwError, type Observable } from 'rxjs';

/** What a handler needs to be told once and only once: the topic, and the reader group whose position and inbox it has. */
export interface ReaderExtras {
  reader: string;
  batchSize: number;
  parallel: number;
}

/** Nest would turn every error into "Internal server error", and nobody could tell an outage from a poison message. */
@Catch()
class ErrorsAsTheyAre implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * `@Reads(TOPICS.opinionCollected, 'classifier')` on a controller's method: it gets the events of one partition as a batch, in order.
 * An @EventPattern, so that it works the same over either adapter.
 */
export function Reads(topic: Topic, reader: string, options: Partial<Omit<ReaderExtras, 'reader'>> = {}): MethodDecorator {
  const extras: ReaderExtras = { reader, batchSize: options.batchSize ?? 200, parallel: options.parallel ?? 1 };
  return applyDecorators(EventPattern<string>(topic, { ...extras }), UseFilters(new ErrorsAsTheyAre()));
}
