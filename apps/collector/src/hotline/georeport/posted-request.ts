import { createHash, randomBytes } from 'node:crypto';
import type { HotlineRecordInput } from '@huiying/contracts/http';
import { GeoreportError } from '@huiying/platform';
import { georeportService, type Georeport, type GeoreportService } from '@huiying/settings';
import { z } from 'zod';

type Attribute = GeoreportService['attributes'][number];

const DESCRIPTION_AT_MOST = 4_000;

/** POST requests, as it came. */
export type PostedForm = Readonly<Record<string, unknown>>;

/**
 * A report made by Open311 as a hotline record. What the standard lets a device or an account say of itself is not kept: nobody needs it to
 * answer (个人信息保护法第六条).
 * @throws GeoreportError naming the parameter: 404 for an unknown service or jurisdiction, 400 for the rest
 */
export function recordOf(form: PostedForm, georeport: Georeport, orderNo: string, now: Date): [HotlineRecordInput, GeoreportService] {
  const jurisdiction = line(form, 'jurisdiction_id', 100);
  if (jurisdiction !== null && jurisdiction !== georeport.jurisdictionId)
    throw new GeoreportError(404, `jurisdiction_id：没有 ${jurisdiction}，本市为 ${georeport.jurisdictionId}`);
  const code = line(form, 'service_code', 100);
  if (code === null) throw new GeoreportError(400, 'service_code：必填，见 GET services');
  const service = georeportService(georeport, code);
  if (service === null) throw new GeoreportError(404, `service_code：没有服务 ${code}`);
  const description = line(form, 'description', DESCRIPTION_AT_MOST);
  const answers = answersOf(service, form);
  const media = line(form, 'media_url', 1_000);
  if (media !== null && !/^https?:\/\/\S+$/.test(media)) throw new GeoreportError(400, 'media_url：应为 http 或 https 网址');
  const name = [line(form, 'last_name', 25), line(form, 'first_name', 25)].filter((one) => one !== null).join('');
  const [phone, email] = [line(form, 'phone', 30), line(form, 'email', 100)];
  return [
    {
      orderNo,
      title: service.name,
      content: [description ?? (answers.length === 0 ? service.name : ''), ...answers].filter((one) => one !== '').join('\n'),
      appealType: service.appealType,
      source: 'Open311',
      categoryCode: service.code,
      category: service.name,
      ...placeOf(form),
      attachments: media === null ? [] : [{ name: '来报附图', url: media }],
      caller: name === '' && phone === null && email === null ? null : { name: name || null, phone, contactPreference: email },
      receivedAt: now.toISOString(),
    },
    service,
  ];
}

/** With a key that the client gave the same report has the same number, so that it may be sent again; else each is a new one. */
export function orderNoOf(prefix: string, client: string, key: string | undefined): string {
  if (key === undefined || key === '') return `${prefix}${randomBytes(8).toString('hex')}`;
  return `${prefix}${createHash('sha256').update(`${client}\n${key}`).digest('hex').slice(0, 16)}`;
}

function placeOf(form: PostedForm): Pick<HotlineRecordInput, 'address' | 'location'> {
  const [lat, long] = [line(form, 'lat', 30), line(form, 'long', 30)];
  const address = line(form, 'address_string', 400);
  const id = line(form, 'address_id', 64);
  if ((lat === null) !== (long === null)) throw new GeoreportError(400, 'lat、long：须同时给出');
  if (lat === null && address === null && id === null)
    throw new GeoreportError(400, '位置：lat 与 long、address_string、address_id 须有其一');
  const location = lat === null ? null : { latitude: degrees('lat', lat, 90), longitude: degrees('long', long!, 180) };
  return { location, address: address ?? (id === null ? null : `地址编号 ${id}`) };
}

function degrees(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!/^-?\d+(\.\d+)?$/.test(text) || Math.abs(value) > most)
    throw new GeoreportError(400, `${name}：应为 -${most} 到 ${most} 的数，当前为 ${text}`);
  return value;
}

function answersOf({ attributes }: GeoreportService, form: PostedForm): string[] {
  const given = attributesOf(form);
  const unknown = Object.keys(given).find((code) => !attributes.some((one) => one.code === code));
  if (unknown !== undefined) throw new GeoreportError(400, `attribute[${unknown}]：该服务没有这一项`);
  return attributes
    .filter(({ variable }) => variable)
    .flatMap((attribute) => {
      const values = (given[attribute.code] ?? []).map((value) => value.trim()).filter((value) => value !== '');
      if (values.length === 0 && attribute.required)
        throw new GeoreportError(400, `attribute[${attribute.code}]：必填（${attribute.description}）`);
      return values.length === 0 ? [] : [`${attribute.description}：${values.map((value) => answer(attribute, value)).join('、')}`];
    });
}

/** A form's own, or those of JSON, where one answer may stand without a list. */
function attributesOf({ attribute = {} }: PostedForm): Readonly<Record<string, string[]>> {
  const read = z.record(z.string(), z.union([z.string().transform((one) => [one]), z.array(z.string())])).safeParse(attribute);
  if (read.success) return read.data;
  const [code] = read.error.issues[0]!.path;
  throw new GeoreportError(400, `attribute${code === undefined ? '' : `[${String(code)}]`}：应为文字，多选时为文字的列表`);
}

function answer({ code, datatype, values }: Attribute, value: string): string {
  const said = (rule: string) => new GeoreportError(400, `attribute[${code}]：应为${rule}，当前为 ${value.slice(0, 40)}`);
  if (datatype.endsWith('list')) {
    if (!Object.hasOwn(values, value)) throw said(Object.keys(values).join('、'));
    return values[value]!;
  }
  if (datatype === 'number' && !/^-?\d+(\.\d+)?$/.test(value)) throw said('数');
  if (datatype === 'datetime' && Number.isNaN(Date.parse(value))) throw said('时间');
  if (value.length > 1_000) throw said('1000 字以内');
  return value;
}

function line(form: PostedForm, name: string, most: number): string | null {
  const value = form[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new GeoreportError(400, `${name}：应为文字`);
  const text = value.trim();
  if (text.length > most) throw new GeoreportError(400, `${name}：不超过 ${most} 字，当前 ${text.length} 字`);
  return text === '' ? null : text;
}
