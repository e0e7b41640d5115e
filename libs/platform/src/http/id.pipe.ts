import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { NotFound } from '@huiying/domain';
import { z } from 'zod';

const SHOWN_AT_MOST = 80;

/** `@Param('id', IdPipe)`: an id as this service makes them, in small letters. What cannot be one names nothing, as one that is not there. @throws NotFound */
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string, { data = 'id' }: ArgumentMetadata): string {
    if (z.guid().safeParse(value).success) return value.toLowerCase();
    throw new NotFound(data, value.slice(0, SHOWN_AT_MOST));
  }
}
