import { parseArgs } from 'node:util';
import { readEnvironment, SystemClock } from '@huiying/settings';
import { bytesOf, frontDoor, WrongUsage } from '@huiying/tables/lines';
import { stringify } from 'yaml';
import { readGeoreport, type GeoreportFile } from './georeport/georeport-file.js';
import { openTarget } from './importing/index.js';

const USAGE = `用法：npm run import:open311 -- 文件 [--lenient] [--url 地址] [--key 接口密钥]
  文件      Open311 GeoReport v2 的 XML 或 JSON：服务请求导入为工单；服务和服务定义转成 mapping.yaml 的写法，打印出来
  --lenient 宽松：以 0 开头的数（如 "service_code":001）按文字读入；不加则指明行列并拒绝
  --url     正在运行的系统地址；不写则查找正在运行的系统（须有接口密钥），否则直接写入数据库
  --key     接口密钥；不写则用环境变量 HUIYING_API_KEYS 的第一个`;

const AT_ONCE = 500;

/** `npm run import:open311 -- FILE`. Ends with 0 when all went in, 1 when some were rejected, 2 when nothing could be done. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      lenient: { type: 'boolean', default: false },
      url: { type: 'string' },
      key: { type: 'string' },
    },
  });
  const [file] = positionals;
  if (positionals.length !== 1 || !file) throw new WrongUsage();
  const read = readGeoreport(bytesOf(file).toString('utf8'), values.lenient);
  if (read.kind !== 'requests') {
    console.log(said(read));
    return 0;
  }
  const target = await openTarget({
    url: values.url,
    key: values.key,
    environment: readEnvironment(process.env),
    clock: new SystemClock(),
  });
  console.error(`导入到 ${target.description}`);
  const counts = { accepted: 0, unchanged: 0, rejected: 0 };
  try {
    for (let from = 0; from < read.records.length; from += AT_ONCE) {
      const { results } = await target.take(read.records.slice(from, from + AT_ONCE));
      for (const { index, orderNo, outcome, faults = [] } of results) {
        counts[outcome]++;
        for (const { message } of faults) console.error(`第 ${from + index + 1} 条（${orderNo ?? '无编号'}）  ${message}`);
      }
    }
  } finally {
    await target.close();
  }
  console.log(`共 ${read.records.length} 条：接收 ${counts.accepted}，未变 ${counts.unchanged}，拒绝 ${counts.rejected}`);
  return counts.rejected > 0 ? 1 : 0;
}

/** What is no request, as it would stand in config/hotline/open311/mapping.yaml. */
function said(read: Exclude<GeoreportFile, { kind: 'requests' }>): string {
  if (read.kind === 'numbers') return `服务请求编号：${read.numbers.join('、')}（没有可导入的内容）`;
  const list = (text: unknown) => (typeof text === 'string' ? text.split(/\s*,\s*/).filter((one) => one !== '') : []);
  if (read.kind === 'services')
    return stringify({
      services: read.services.map((one) => ({
        code: String(one.service_code),
        name: one.service_name,
        ...(one.description ? { description: one.description } : {}),
        keywords: list(one.keywords),
        ...(one.group ? { group: one.group } : {}),
        type: one.type === 'batch' ? 'batch' : 'realtime',
      })),
    });
  const { service_code: code, attributes } = read.definition as { service_code: unknown; attributes: Record<string, unknown>[] };
  return stringify({
    code: String(code),
    attributes: attributes.map((one) => ({
      code: String(one.code),
      description: one.description,
      datatype: one.datatype,
      required: String(one.required) === 'true',
      ...(Array.isArray(one.values)
        ? {
            values: Object.fromEntries(
              (one.values as { key: unknown; name: unknown }[]).map(({ key, name }) => [String(key), String(name)]),
            ),
          }
        : {}),
    })),
  });
}

frontDoor(main, { usage: USAGE });
