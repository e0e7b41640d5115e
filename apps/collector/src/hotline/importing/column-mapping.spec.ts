import { hotlineRecord } from '@huiying/contracts/http';
import { Columns, mappingWith, USUAL_COLUMNS } from './column-mapping.js';

const recordOf = (row: Record<string, unknown>, mapping = USUAL_COLUMNS) => new Columns(mapping, Object.keys(row)).recordOf(row);

describe('Columns', () => {
  it('knows the headers of a hotline export, whatever their spacing and remarks', () => {
    const record = recordOf({
      '工单编号 ': 'WC1',
      标题: ' 停水 ',
      '诉求内容(必填)': '停水三天',
      诉求类型: '投诉类',
      紧急程度: '加急',
      '受理时间（北京时间）': '2026/11/2 9:05',
      来电人: '李桂兰',
      联系电话: 13812345678,
      是否保密: '是',
      主办单位: '',
      备注: '无',
    });
    expect(record).toEqual({
      orderNo: 'WC1',
      title: '停水',
      content: '停水三天',
      appealType: '投诉',
      urgency: '紧急',
      receivedAt: '2026-11-02T01:05:00.000Z',
      caller: { name: '李桂兰', phone: '13812345678' },
      confidential: true,
    });
    expect(hotlineRecord.safeParse(record).success).toBe(true);
  });

  it('takes the fields of our own API as they are', () => {
    const own = {
      orderNo: 'A',
      version: 2,
      content: '文',
      receivedAt: '2026-11-02 09:05:00',
      caller: { name: '李桂兰' },
      confidential: false,
    };
    expect(recordOf(own)).toEqual(own);
  });

  it('takes the surest of several columns, and tells which it did not use', () => {
    const columns = new Columns(USUAL_COLUMNS, ['id', '工单编号', '内容', '诉求内容', '时间', 'x', '_line']);
    expect(columns.recordOf({ id: '7', 工单编号: 'WC7', 内容: '短', 诉求内容: '长', 时间: '2026-11-02' })).toEqual({
      orderNo: 'WC7',
      content: '长',
      receivedAt: '2026-11-02',
    });
    expect(columns.unused).toEqual(['id', '内容', 'x']);
    expect(columns.missing).toEqual([]);
  });

  it.each([
    ['version', '2', 2],
    ['version', 2147483648, 2147483648],
    ['version', '20261102000001', 20261102000001],
    ['version', 1.5, 1.5],
    ['version', '第二版', '第二版'],
    ['confidential', '否', false],
    ['confidential', '也许', '也许'],
    ['appealType', '建议', '意见建议'],
    ['urgency', '普通', '一般'],
    ['urgency', '特急件', '特急'],
    ['receivedAt', '2026年11月2日 下午3点', '2026-11-02T07:00:00.000Z'],
    ['receivedAt', '昨天', '昨天'],
    ['content', ['a'], ['a']],
  ])('%s %p is %p', (field, came, value) => expect(recordOf({ [field]: came })).toEqual({ [field]: value }));

  it('puts a city’s own names before the usual ones', () => {
    const mapping = mappingWith({ content: '事由', orderNo: ['单据', '业务号'] });
    expect(recordOf({ 内容: '短', 事由: '为何', 业务号: 'B1', 工单编号: 'C1' }, mapping)).toEqual({ content: '为何', orderNo: 'B1' });
  });

  it.each([
    ['a field that does not exist', { contents: 'x' }, 'must be one of'],
    ['a column that is no name', { content: 5 }, 'must be a column name'],
    ['no list at all', 'content', 'must be a list of FIELD: COLUMN'],
  ])('refuses a mapping with %s', (_, own, rule) => expect(() => mappingWith(own)).toThrow(rule));
});
