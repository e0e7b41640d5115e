import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { openRunningDatabase } from '@huiying/platform';
import { AuditTrail, type AuditFault, type AuditVerdict } from '@huiying/persistence';
import { readEnvironment } from '@huiying/settings';
import { frontDoor, WrongUsage } from '@huiying/tables/lines';

const USAGE = 'usage: npm run verify:audit -- [--json] [--expect HASH, 64 hexadecimal digits]';

/** `npm run verify:audit [-- --json] [--expect HASH]`: recomputes the chain of the audit trail; ends with 1 when it does not hold. */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, expect: { type: 'string' } } });
  const expected = values.expect ?? null;
  if (expected !== null && !/^[0-9a-f]{64}$/.test(expected))
    throw new WrongUsage(`--expect must be 64 hexadecimal digits; got ${JSON.stringify(expected)}`);
  const { database, close } = await openRunningDatabase(readEnvironment(process.env), 'verify-audit');
  try {
    const verdict = await new AuditTrail(database).verify();
    const isKnown = expected === null || (await new AuditTrail(database).hasSeal(expected));
    console.log(values.json ? JSON.stringify({ ...verdict, isKnown }, null, 2) : verdictText(verdict, expected, isKnown));
    return verdict.faults.length > 0 || !isKnown ? 1 : 0;
  } finally {
    await close();
  }
}

const FAULTS: Record<AuditFault['what'], string> = {
  'row-gone': '记录已被删除',
  'row-changed': '记录或其前一条被改动',
  'seal-gone': '校验链缺一环',
  'row-without-seal': '绕过系统写入的记录',
};

/** The verdict as a person reads it. */
export function verdictText({ sealed, waiting, head, faults }: AuditVerdict, expected: string | null, isKnown: boolean): string {
  return [
    `审计日志 ${sealed} 条已入链${waiting > 0 ? `，${waiting} 条待入链` : ''}：${faults.length === 0 ? '未被改动' : `发现 ${faults.length} 处异常`}`,
    ...faults.map((fault) => `  第 ${fault.position ?? '—'} 环，记录 ${fault.auditId ?? '—'}：${FAULTS[fault.what]}`),
    ...(expected === null ? [] : [isKnown ? '此前留存的链尾在链中' : '此前留存的链尾不在链中：整条链可能被重写']),
    `链尾：${head ?? '（空）'}（请另行留存，下次用 --expect 核对）`,
  ].join('\n');
}

if (require.main === module) frontDoor(main, { usage: USAGE, failed: 1 });
