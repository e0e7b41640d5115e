import {
  hotlineRecord,
  ORDER_API_SCHEMAS,
  ORDER_EXAMPLES,
  ORDER_OPERATIONS,
  orderCallback,
  type OrderOperation,
} from '@huiying/contracts/http';
import { z } from 'zod';
import { EXAMPLES } from './examples.js';
import { GEOREPORT_OPERATIONS, type GeoreportOperation } from './georeport-operations.js';

const MOST_AT_ONCE = 1_000;
const fault = z.object({ field: z.string(), rule: z.string(), message: z.string(), got: z.unknown().optional() });
const intakeAnswer = z.object({
  accepted: z.int(),
  unchanged: z.int(),
  rejected: z.int(),
  results: z.array(
    z.object({
      index: z.int(),
      orderNo: z.string().nullable(),
      outcome: z.enum(['accepted', 'unchanged', 'rejected']),
      opinionId: z.uuid().nullable(),
      faults: z.array(fault).optional(),
    }),
  ),
});
const problem = z.object({
  code: z.string(),
  status: z.int(),
  detail: z.string(),
  message: z.string(),
  faults: z.array(fault).optional(),
});

/** The schemas of the handbook, by which its spec holds examples and real answers too. */
export const SCHEMAS = { HotlineRecord: hotlineRecord, HotlineIntakeAnswer: intakeAnswer, Problem: problem };

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const SIGNATURE_HEADERS = [
  ['x-key-name', '密钥的名字'],
  ['x-timestamp', '1970 年以来的秒数，与本系统相差不超过 300 秒'],
  ['x-nonce', '16–64 位字母、数字、- 或 _，每个请求不同'],
  [
    'x-signature',
    '以签名密钥（生成密钥时一起显示；写在环境变量里的密钥就用密钥本身）为钥，对“方法、路径连同查询串、x-timestamp、x-nonce、请求内容的 SHA-256（十六进制）”五行作 HMAC-SHA256，十六进制',
  ],
] as const;
const REFUSALS: Record<string, string> = {
  400: '请求内容有误：faults 指明字段和规则',
  401: '密钥缺失或无效，签名不符、过期或已用过',
  403: '密钥没有该权限',
  404: '没有这张工单',
  409: '此时不能这样办（code 指明原因，conflict 指明谁先办了什么），或幂等键已用于其他内容',
  413: '内容超过 16 MB',
  429: '请求过于频繁：一次最多连发每分钟请求数的十分之一（不足 5 次的按 5 次），之后匀速放行；等 retry-after 秒再来',
};

const SIGNATURE_PARAMETERS = SIGNATURE_HEADERS.map(([name, description]) => ({
  name,
  in: 'header',
  required: false,
  description: `${description}（签名时）`,
  schema: { type: 'string' },
}));

/** The interface as OpenAPI 3.1, made of the same zod schemas that check what comes in: it cannot say anything else than what is done. */
export function openApi(): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: {
      title: '回应 · 12345 热线对接接口',
      version: '1',
      description: '热线系统把工单推送给本系统。按 orderNo 加 version 幂等：没收到应答，原样重推即可。诉求人信息加密留存，到处掩码。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ key: [] }, { signature: [] }],
    paths: {
      '/api/hotline/v1/records': {
        post: {
          operationId: 'pushRecords',
          summary: '推送工单，一张或 1–1000 张',
          description: '需要权限 records:write。逐条给出结果，次序与推送一致；一条不合格不影响其他条。',
          parameters: SIGNATURE_PARAMETERS,
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: {
                  oneOf: [
                    ref('HotlineRecord'),
                    {
                      type: 'object',
                      required: ['records'],
                      properties: { records: { type: 'array', minItems: 1, maxItems: MOST_AT_ONCE, items: ref('HotlineRecord') } },
                    },
                  ],
                },
                examples: Object.fromEntries(EXAMPLES.map(({ name, summary, body }) => [name, { summary, value: body }])),
              },
            },
          },
          responses: {
            200: {
              description: '每条一个结果：accepted 新收，unchanged 已有，rejected 不合要求（见 faults）',
              content: {
                'application/json': {
                  schema: ref('HotlineIntakeAnswer'),
                  examples: Object.fromEntries(
                    EXAMPLES.filter(({ status }) => status === 200).map(({ name, summary, answer }) => [name, { summary, value: answer }]),
                  ),
                },
              },
            },
            ...refusalsOf([400, 401, 403, 413, 429]),
          },
        },
      },
      ...orderPaths(),
      ...georeportPaths(),
    },
    webhooks: {
      orderChanged: {
        post: {
          operationId: 'orderChanged',
          summary: '回调：工单的每一件事',
          description:
            '本系统向贵方登记的地址推送，同一工单按 seq 依次送达，前一件被接收（2xx）才送下一件。请求头 idempotency-key 与 id 相同，重发不变，贵方按它去重；签名的算法与推送工单相同，x-key-name 为约定的编号，钥是回调自己的签名密钥。未接收的重试数日，仍不成的列为死信，可重发。',
          parameters: SIGNATURE_PARAMETERS,
          requestBody: { required: true, content: { 'application/json': { schema: ref('OrderCallback') } } },
          responses: { 200: { description: '已接收' }, 503: { description: '稍后再送；可用 retry-after 指明秒数' } },
        },
      },
    },
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'x-api-key', description: '密钥本身；跨网络必须经 HTTPS' },
        signature: {
          type: 'apiKey',
          in: 'header',
          name: 'x-signature',
          description: '用签名密钥签名，密钥和签名密钥都不出本机；四个请求头见参数',
        },
      },
      schemas: Object.fromEntries(
        Object.entries({ ...SCHEMAS, ...ORDER_API_SCHEMAS, OrderCallback: orderCallback }).map(([name, schema]) => [
          name,
          withoutDialect(z.toJSONSchema(schema, { io: 'input' })),
        ]),
      ),
    },
  };
}

/** OpenAPI 3.1 names the dialect once, for the whole document. */
function withoutDialect({ $schema: _dialect, ...schema }: Record<string, unknown>): Record<string, unknown> {
  return schema;
}

function refusalsOf(statuses: readonly number[]) {
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      { description: REFUSALS[status], content: { 'application/problem+json': { schema: ref('Problem') } } },
    ]),
  );
}

/** The operations on work orders, with the examples that their own spec runs. */
function orderPaths(): Record<string, Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of ORDER_OPERATIONS) (paths[operation.path] ??= {})[operation.method] = orderOperation(operation);
  return paths;
}

function orderOperation({ id, path, summary, description, scope, request, query, answer, method }: OrderOperation) {
  const examples = ORDER_EXAMPLES.filter(({ operation }) => operation === id);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    description: { day: '对账日，YYYY-MM-DD', entryId: '条目编号' }[name!] ?? '工单号',
    schema: { type: 'string' },
  }));
  const key = {
    name: 'idempotency-key',
    in: 'header',
    required: true,
    description: '幂等键，如 工单号-动作-序号；重发不变',
    schema: { type: 'string', maxLength: 128 },
  };
  const asked = query === null ? [] : queryParameters(query);
  const values = (of: 'body' | 'answer') =>
    Object.fromEntries(
      examples
        .filter((one) => one.status === 200 && one[of] !== undefined)
        .map((one, i) => [`example${i + 1}`, { summary: one.summary, value: one[of] }]),
    );
  return {
    operationId: id,
    summary,
    description: `需要权限 ${scope}。${description}`,
    parameters: [...inPath, ...asked, ...(answer === 'StepAnswer' ? [key] : []), ...SIGNATURE_PARAMETERS],
    ...(request === null
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: ref(request), examples: values('body') } } } }),
    responses: {
      200: { description: '成功', content: { 'application/json': { schema: ref(answer), examples: values('answer') } } },
      ...refusalsOf(method === 'post' ? [400, 401, 403, 404, 409, 429] : [400, 401, 403, 404, 429]),
    },
  };
}

/** What the standard lays down is told by name; its own pages say the rest. */
function georeportPaths(): Record<string, Record<string, unknown>> {
  return Object.fromEntries(GEOREPORT_OPERATIONS.map((one) => [one.path, { [one.method]: georeportOperation(one) }])) as never;
}

function georeportOperation({ id, method, path, summary, description, scope, parameters }: GeoreportOperation) {
  const given = (where: 'path' | 'query', name: string, said: string) => ({
    name,
    in: where,
    required: where === 'path',
    description: said,
    schema: { type: 'string', ...(name === 'format' ? { enum: ['xml', 'json'] } : {}) },
  });
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => given('path', name!, name === 'format' ? 'xml 或 json' : name!));
  const named = [['api_key', '密钥；也可用请求头 x-api-key，不进网址更好'] as const, ...parameters].flatMap(([names, said]) =>
    names.split('、').map((name) => [name, said] as const),
  );
  const content = { 'text/xml': {}, 'application/json': {} };
  const form = {
    type: 'object',
    properties: Object.fromEntries(named.map(([name, said]) => [name, { type: 'string', description: said }])),
  };
  return {
    operationId: id,
    summary,
    description: `需要权限 ${scope}。${description}`,
    externalDocs: { url: 'https://wiki.open311.org/GeoReport_v2/' },
    parameters: method === 'post' ? inPath : [...inPath, ...named.map(([name, said]) => given('query', name, said))],
    ...(method === 'post' ? { requestBody: { required: true, content: { 'application/x-www-form-urlencoded': { schema: form } } } } : {}),
    responses: Object.fromEntries(
      [[method === 'post' ? 201 : 200, '成功'] as const, ...GEOREPORT_REFUSALS].map(([status, said]) => [
        status,
        { description: said, content },
      ]),
    ),
  };
}

const GEOREPORT_REFUSALS = [
  [400, '参数有误，description 指明是哪一个'],
  [403, '密钥缺失、无效或没有该权限'],
  [404, '没有这个服务、请求、token 或 jurisdiction_id'],
] as const;

function queryParameters(query: z.ZodObject) {
  const { properties = {} } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: false,
    description: (schema as { description?: string }).description ?? '',
    schema,
  }));
}
