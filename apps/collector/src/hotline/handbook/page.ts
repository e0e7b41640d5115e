import { HOTLINE_FIELD_WORDS, ORDER_EXAMPLES, ORDER_OPERATIONS, type OrderOperation } from '@huiying/contracts/http';
import { EXAMPLES } from './examples.js';
import { GEOREPORT_OPERATIONS } from './georeport-operations.js';
import { openApi } from './open-api.js';

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  enum?: unknown[];
  maxLength?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  pattern?: string;
  format?: string;
  description?: string;
  default?: unknown;
}
interface Document {
  info: { title: string; description: string };
  paths: Record<
    string,
    Record<
      string,
      {
        summary: string;
        description: string;
        parameters: { name: string; description: string }[];
        responses: Record<string, { description: string }>;
      }
    >
  >;
  webhooks: { orderChanged: { post: { description: string } } };
  components: { schemas: Record<string, Schema> };
}

/** What a newcomer pastes. */
const QUICK_START = `URL=系统地址
KEY=密钥
curl -H "x-api-key: $KEY" -H 'content-type: application/json' \\
  -d '{"orderNo":"TRY1","content":"和平里小区停水三天","receivedAt":"2026-11-23 08:30:00"}' $URL/api/hotline/v1/records
# 一两秒后：
curl -H "x-api-key: $KEY" $URL/api/hotline/v1/orders/TRY1
curl -H "x-api-key: $KEY" -H 'content-type: application/json' -H 'idempotency-key: TRY1-dispatch-1' \\
  -d '{"by":"12345受理席","leadUnit":"水务集团"}' $URL/api/hotline/v1/orders/TRY1/dispatch`;
const SIGNED_START = `NAME=hotline; SECRET=签名密钥
BODY='{"by":"水务集团"}'; ADDRESS=/api/hotline/v1/orders/TRY1/sign; TIME=$(date +%s); NONCE=$(openssl rand -hex 16)
DIGEST=$(printf %s "$BODY" | openssl dgst -sha256 -hex | sed 's/^.* //')
SIGNATURE=$(printf 'POST\\n%s\\n%s\\n%s\\n%s' "$ADDRESS" "$TIME" "$NONCE" "$DIGEST" | openssl dgst -sha256 -hmac "$SECRET" -hex | sed 's/^.* //')
curl -H "x-key-name: $NAME" -H "x-timestamp: $TIME" -H "x-nonce: $NONCE" -H "x-signature: $SIGNATURE" \\
  -H 'content-type: application/json' -H 'idempotency-key: TRY1-sign-1' -d "$BODY" $URL$ADDRESS`;

/** The handbook as one page that needs nothing from anywhere: no script, so that it opens on any office PC and prints. */
export function handbookPage(): string {
  const api = openApi() as unknown as Document;
  const path = '/api/hotline/v1/records';
  const post = api.paths[path]!.post!;
  const record = api.components.schemas.HotlineRecord!;
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${text(api.info.title)}</title><style>${STYLE}</style><main>
<h1>${text(api.info.title)}</h1><p>${text(api.info.description)}</p>
<p>供程序读取：<a href="openapi.json">OpenAPI 3.1（openapi.json）</a>。本页与接口的校验出自同一份定义。</p>
<h2 id="begin">先试一下</h2><p>向本市要三样：系统地址、密钥和它的名字（如 <code>hotline</code>）、权限。要签名的，再要签名密钥；要收回调的，报上接收地址，换回回调自己的签名密钥。下面的命令可以直接粘贴：推送一张，看它办到哪里，派单。</p>
<pre>${text(QUICK_START)}</pre><p>用签名代替密钥（bash、openssl；其他语言照此五行）。<code>SECRET</code> 是生成密钥时与密钥一起显示的<b>签名密钥</b>，不是密钥；密钥由运维写在环境变量里的，没有另外的签名密钥，<code>SECRET</code> 就填密钥：</p><pre>${text(SIGNED_START)}</pre>
<p>没有自己的系统可试时，<code>npm run hotline:simulate -- --url 系统地址 --key 密钥 --no-callbacks</code> 扮演一个热线平台走完全程。</p>
<h2><code>POST ${text(path)}</code> ${text(post.summary)}</h2><p>${text(post.description)}</p>
<h3>密钥</h3><p>请求头 <code>x-api-key</code>；或以签名密钥签名，两者都不出本机：</p>
<table>${post.parameters.map(({ name, description }) => `<tr><td><code>${text(name)}</code><td>${text(description)}`).join('')}</table>
<h3>字段</h3><table><tr><th>字段<th>含义<th>要求${rows(record, '')}</table>
<h3>返回</h3><table>${Object.entries(post.responses)
    .map(([status, { description }]) => `<tr><td>${status}<td>${text(description)}`)
    .join('')}</table>
<h3>例子</h3><p>依次执行，结果如下（由自动测试逐一核对）。</p>
${EXAMPLES.map(({ summary, body, status, answer }) => `<details open><summary>${text(summary)}</summary><pre>${json(body)}</pre><p>返回 ${status}，其中有：</p><pre>${json(answer)}</pre></details>`).join('')}
${orderSections(api)}
</main></html>`;
}

/** The operations on work orders, what we call back, and their examples. */
function orderSections(api: Document): string {
  const operations = ORDER_OPERATIONS.map((one) => orderSection(one, api)).join('');
  const examples = ORDER_EXAMPLES.map((one) => {
    const { method, path } = ORDER_OPERATIONS.find(({ id }) => id === one.operation)!;
    const line = `${method.toUpperCase()} ${path.replace('{orderNo}', one.orderNo)}${one.query ?? ''}`;
    const asked = [
      line,
      ...(one.key === undefined ? [] : [`idempotency-key: ${one.key}`]),
      ...(one.body === undefined ? [] : ['', JSON.stringify(one.body, null, 2)]),
    ];
    return `<details><summary>${text(one.summary)}</summary><pre>${text(asked.join('\n'))}</pre><p>返回 ${one.status}，其中有：</p><pre>${json(one.answer)}</pre></details>`;
  }).join('');
  return `<h1 id="orders">工单办理</h1><p>每一步一个请求，必带请求头 <code>idempotency-key</code>：没收到应答，原样重发即可，应答相同并带 <code>idempotent-replay: true</code>。
此时不能这样办的返回 409，<code>code</code> 指明原因。</p>${operations}
<h3>例子</h3><p>在刚收到的一张工单上依次执行，结果如下（由自动测试逐一核对）。</p>${examples}
<h1 id="callbacks">回调</h1><p>${text(api.webhooks.orderChanged.post.description)}</p>
<table><tr><th>字段<th>含义<th>要求${rows(api.components.schemas.OrderCallback!, '')}</table>
${georeportSections()}`;
}

function georeportSections(): string {
  const sections = GEOREPORT_OPERATIONS.map(({ method, path, summary, description, scope, parameters }) => {
    const lines = parameters.map(([name, said]) => `<tr><td><code>${text(name)}</code><td>${text(said)}`).join('');
    return `<h3><code>${method.toUpperCase()} ${text(path)}</code> ${text(summary)}</h3><p>需要权限 ${scope}。${text(description)}</p>${lines === '' ? '' : `<table><tr><th>参数<th>含义${lines}</table>`}`;
  });
  return `<h1 id="open311">Open311 GeoReport v2</h1><p>按规范应答 XML 或 JSON；出错时按规范返回 <code>errors</code>。密钥用参数 <code>api_key</code> 或请求头 <code>x-api-key</code>，查询也要密钥。
服务清单和字段对照在 <code>config/hotline/open311/mapping.yaml</code>。</p>${sections.join('')}`;
}

function orderSection({ method, path, summary, description, request, query }: OrderOperation, api: Document): string {
  const shown = request === null ? null : api.components.schemas[request]!;
  const asked =
    query === null
      ? ''
      : Object.entries(query.shape)
          .map(
            ([name, schema]) =>
              `<tr><td><code>${name}</code><td>${text((schema as { description?: string }).description ?? '')}<td>查询参数`,
          )
          .join('');
  const fields = shown === null ? asked : rows(shown, '');
  const table = fields === '' ? '' : `<table><tr><th>字段<th>含义<th>要求${fields}</table>`;
  return `<h3><code>${method.toUpperCase()} ${text(path)}</code> ${text(summary)}</h3><p>${text(description)}</p>${table}`;
}

/** Every field of a schema, inner ones below theirs. */
function rows({ properties = {}, required = [] }: Schema, before: string): string {
  return Object.entries(properties)
    .map(([name, schema]) => {
      const inner = schema.anyOf?.find((one) => one.properties) ?? schema.items ?? schema;
      const path = `${before}${name}`;
      const word = (HOTLINE_FIELD_WORDS as Record<string, string>)[path] ?? schema.description ?? inner.description ?? '';
      const must = required.includes(name) ? '<b>必填</b> ' : '';
      return `<tr><td><code>${text(path)}</code><td>${word}<td>${must}${text(ruleOf(schema))}${inner.properties ? rows(inner, `${path}${schema.items ? '[].' : '.'}`) : ''}`;
    })
    .join('');
}

function ruleOf(schema: Schema): string {
  const main = schema.anyOf?.find((one) => one.type !== 'null') ?? schema;
  const isOptional = schema.anyOf?.some((one) => one.type === 'null');
  const parts = [
    main.enum
      ? main.enum.map(String).join('、')
      : ({ string: '文字', integer: '整数', number: '数', boolean: 'true / false', array: '列表', object: '对象' }[main.type ?? ''] ?? ''),
    main.maxLength === undefined ? '' : `不超过 ${main.maxLength} 字`,
    main.maxItems === undefined ? '' : `不超过 ${main.maxItems} 项`,
    formOf(main),
    schema.default === undefined || schema.default === null || typeof schema.default === 'object'
      ? ''
      : `默认 ${JSON.stringify(schema.default)}`,
    isOptional ? '可为 null' : '',
  ];
  return parts.filter((part) => part !== '').join('；');
}

const FORMATS: Record<string, string> = {
  'date-time': '带时区的时间，如 2026-11-23T00:30:00.000Z',
  date: '日期，如 2026-11-23',
  uuid: 'UUID',
};

/** The form of a text, in words. */
function formOf({ format = '', pattern }: Schema): string {
  if (pattern === undefined || format in FORMATS) return FORMATS[format] ?? '';
  if (pattern.includes('\\d{4}-\\d{2}')) return '时间，如 2026-11-23 08:30:00';
  return pattern.replace(/^\^\\d\{(\d+),(\d+)\}\$$/, '$1–$2 位数字');
}

const json = (value: unknown) => text(JSON.stringify(value, null, 2));
const text = (raw: string) => raw.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const STYLE = `body{margin:0;background:#f5f7fa;color:#1c2430;font:14px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:1000px;margin:0 auto;padding:24px 20px}h1{font-size:22px}h2{font-size:18px;margin-top:32px}h3{font-size:15px;margin-top:24px}
table{border-collapse:collapse;width:100%;background:#fff}td,th{border:1px solid #d9dfe7;padding:5px 10px;text-align:left;vertical-align:top}
pre{background:#fff;border:1px solid #d9dfe7;padding:10px 12px;overflow:auto;font-size:13px}code{font-size:13px}summary{cursor:pointer;font-weight:600;margin-top:12px}
@media print{body{background:#fff}details{break-inside:avoid}}`;
