import { Form, Input, InputNumber, Switch } from 'antd';

const PAGE: [name: string, label: string, hint: string][] = [
  ['item', '列表项', '如 ul.list > li'],
  ['link', '链接', '默认取项内最长的链接'],
  ['title', '标题', '默认取链接文字'],
  ['date', '日期', '默认自动识别'],
  ['next', '下一页', '默认找“下一页”'],
  ['content', '正文（文章页）', '默认自动提取'],
];
const JSON_PATHS: [name: string, label: string, hint: string][] = [
  ['items', '列表路径', '如 data.list，最外层即列表则不填'],
  ['title', '标题', 'title'],
  ['text', '正文', 'content'],
  ['link', '链接', 'url'],
  ['id', '编号', 'id'],
  ['author', '作者、来源', 'source'],
  ['date', '日期', 'publishTime'],
];

/** How a page's list is read; all of it found by itself where it is left empty. */
export function PageFields() {
  return (
    <fieldset className="source-reading">
      <legend>网页识别（CSS 选择器，可全部留空由系统自动识别）</legend>
      <div className="form-grid">
        {PAGE.map(([name, label, hint]) => (
          <Form.Item key={name} name={['page', name]} label={label}>
            <Input placeholder={hint} maxLength={300} data-testid={`page-${name}`} />
          </Form.Item>
        ))}
        <Form.Item name={['page', 'pages']} label="读取页数">
          <InputNumber min={1} max={10} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name={['page', 'articles']} label="打开文章页取正文" valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
    </fieldset>
  );
}

/** Where in a JSON answer what stands. */
export function JsonFields() {
  return (
    <fieldset className="source-reading">
      <legend>接口映射（路径以点分隔；留空按常见字段名识别）</legend>
      <div className="form-grid">
        {JSON_PATHS.map(([name, label, hint]) => (
          <Form.Item key={name} name={['json', name]} label={label}>
            <Input placeholder={hint} maxLength={200} data-testid={`json-${name}`} />
          </Form.Item>
        ))}
      </div>
    </fieldset>
  );
}
