/** An operation of Open311 GeoReport v2 as the handbook tells it; what it asks and answers is the standard's. */
export interface GeoreportOperation {
  id: string;
  method: 'get' | 'post';
  path: string;
  summary: string;
  description: string;
  scope: 'orders:read' | 'records:write';
  parameters: readonly (readonly [name: string, description: string])[];
}

const BASE = '/api/hotline/open311/v2';
const JURISDICTION = ['jurisdiction_id', '本市的标识；可不写，写了别的返回 404'] as const;
const PAGING = [
  ['page', '第几页，从 1 起'],
  ['page_size', '每页条数，1–1000，默认 1000'],
] as const;

export const GEOREPORT_OPERATIONS: readonly GeoreportOperation[] = [
  {
    id: 'open311Services',
    method: 'get',
    path: `${BASE}/services.{format}`,
    summary: 'Open311：服务清单',
    description: 'format 为 xml 或 json，下同',
    scope: 'orders:read',
    parameters: [JURISDICTION],
  },
  {
    id: 'open311ServiceDefinition',
    method: 'get',
    path: `${BASE}/services/{service_code}.{format}`,
    summary: 'Open311：一项服务要问的问题',
    description: 'metadata 为 true 的服务才有',
    scope: 'orders:read',
    parameters: [JURISDICTION],
  },
  {
    id: 'open311Report',
    method: 'post',
    path: `${BASE}/requests.{format}`,
    summary: 'Open311：来报',
    description:
      '表单（application/x-www-form-urlencoded）。realtime 的服务答以 service_request_id，batch 的答以 token。请求头 idempotency-key（规范之外，可不带）：没收到应答，带同一个键重发，不会重复立单；同一个键换了内容返回 409',
    scope: 'records:write',
    parameters: [
      JURISDICTION,
      ['service_code', '必填，服务代码'],
      ['attribute[代码]', '服务定义里的问题；多选写 attribute[代码][]'],
      ['lat、long', 'WGS84；与 address_string、address_id 须有其一'],
      ['address_string', '地址'],
      ['address_id', '地址编号'],
      ['description', '诉求内容，4000 字以内'],
      ['last_name、first_name、phone、email', '来报人；加密留存，查询时不给出'],
      ['media_url', '附图网址'],
      ['account_id', '原样返回；与 device_id 一样不留存'],
    ],
  },
  {
    id: 'open311Token',
    method: 'get',
    path: `${BASE}/tokens/{token}.{format}`,
    summary: 'Open311：以 token 换 service_request_id',
    description: '工单尚在生成时返回 404，稍后再查',
    scope: 'orders:read',
    parameters: [JURISDICTION],
  },
  {
    id: 'open311Requests',
    method: 'get',
    path: `${BASE}/requests.{format}`,
    summary: 'Open311：查询服务请求',
    description: '最近 90 天或前 1000 条，新的在前；时段不超过 90 天',
    scope: 'orders:read',
    parameters: [
      JURISDICTION,
      ['service_request_id', '逗号分隔；写了就不看其他条件'],
      ['service_code', '逗号分隔'],
      ['start_date、end_date', '受理时间，带时区，如 2026-11-23T00:00:00+08:00'],
      ['status', 'open、closed，逗号分隔'],
      ...PAGING,
    ],
  },
  {
    id: 'open311Request',
    method: 'get',
    path: `${BASE}/requests/{service_request_id}.{format}`,
    summary: 'Open311：一件服务请求',
    description: '不含来报人信息',
    scope: 'orders:read',
    parameters: [JURISDICTION],
  },
  {
    id: 'open311Discovery',
    method: 'get',
    path: `${BASE}/discovery.{format}`,
    summary: 'Open311：服务发现',
    description: '地址和支持的格式',
    scope: 'orders:read',
    parameters: [],
  },
];
