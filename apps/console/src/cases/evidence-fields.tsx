import { Form, Input, Radio } from 'antd';
import type { EvidenceRequest } from '@huiying/contracts/http';
import { InstantField } from '../time/instant-field.js';
import { FileField } from './file-field.js';

/** A proof as the form holds it. */
export type EvidenceValues = Omit<EvidenceRequest, 'publishedAt'> & { publishedAt: string | null };

export const WEB_ADDRESS = { pattern: /^https?:\/\/\S+$/, message: '请填写以 http:// 或 https:// 开头的完整网址' };

/** The fields of a proof of publication; `under` is where they stand in the form's values. */
export function EvidenceFields({ under = [], noteLabel = '说明' }: { under?: string[]; noteLabel?: string }) {
  const at = (name: string) => [...under, name] as never;
  return (
    <>
      <Form.Item name={at('kind')} label="发布形式" initialValue="statement">
        <Radio.Group optionType="button">
          <Radio.Button value="statement">
            <span data-testid="evidence-statement">首次权威信息</span>
          </Radio.Button>
          <Radio.Button value="press-conference">
            <span data-testid="evidence-press-conference">新闻发布会</span>
          </Radio.Button>
        </Radio.Group>
      </Form.Item>
      <Form.Item
        name={at('publishedAt')}
        label="发布时间"
        rules={[{ required: true, message: '请填写实际发布的时间' }]}
        extra="以对外发布的时间为准，不是登记的时间。"
      >
        <InstantField data-testid="evidence-published" />
      </Form.Item>
      <Form.Item name={at('url')} label="网址" rules={[WEB_ADDRESS]} extra="系统会抓取网页快照并留存指纹。">
        <Input inputMode="url" placeholder="https://" data-testid="evidence-url" />
      </Form.Item>
      <Form.Item
        name={at('note')}
        label={noteLabel}
        rules={[{ required: true, whitespace: true, message: '请写明在哪里、由谁发布了什么' }]}
      >
        <Input.TextArea
          rows={2}
          maxLength={4000}
          placeholder="如：市政府网站与“望川发布”公众号同步发布情况通报"
          data-testid="evidence-note"
        />
      </Form.Item>
      <Form.Item name={at('file')} label="照片或材料">
        <FileField />
      </Form.Item>
    </>
  );
}

/** What the API wants of the form's values. */
export function evidenceRequestOf(values: EvidenceValues): EvidenceRequest {
  return {
    kind: values.kind,
    url: values.url?.trim() ? values.url.trim() : null,
    publishedAt: values.publishedAt!,
    note: values.note.trim(),
    file: values.file ?? null,
  };
}
