import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import type { HotlineIntakeAnswer } from '@huiying/contracts/http';
import { BadInput } from '@huiying/domain';
import { ForSystems } from '@huiying/platform';

import { HotlineIntake } from './hotline-intake.js';

const MOST_AT_ONCE = 1_000;

/** Where a 12345 hotline posts its work orders. */
@Controller('api/hotline')
@ForSystems('records:write')
export class HotlineController {
  constructor(@Inject(HotlineIntake) private readonly intake: HotlineIntake) {}

  /** One record, or { records: [1..1000] }. 200 with an outcome for each, in order; 400 for a body that is neither; 401 without a key or with a wrong signature. */
  @Post(['v1/records', 'records'])
  @HttpCode(200)
  take(@Body() body: unknown): Promise<HotlineIntakeAnswer> {
    return this.intake.take(recordsOf(body));
  }
}

/** @throws BadInput */
export function recordsOf(body: unknown): unknown[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new BadInput([
      { field: '(body)', rule: 'must be a record or { records: [...] }', message: '请求内容应为一条工单或 { records: [...] }' },
    ]);
  }
  if (!('records' in body)) return [body];
  const { records } = body;
  if (!Array.isArray(records) || records.length < 1 || records.length > MOST_AT_ONCE) {
    throw new BadInput([
      { field: 'records', rule: `must be a list of 1 to ${MOST_AT_ONCE} records`, message: `records：应为 1–${MOST_AT_ONCE} 条工单的列表` },
    ]);
  }
  return records as unknown[];
}
