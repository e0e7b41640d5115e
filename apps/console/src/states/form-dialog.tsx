import { Checkbox, Form, Input, InputNumber, Modal, Select, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { BY_NAMES, type FoundChoice } from '../marks/department-choices.js';
import { useStep } from '../api/use-step.js';
import { FileField } from '../cases/file-field.js';
import { DayField } from '../time/day-field.js';
import { InstantField } from '../time/instant-field.js';
import { forgetFaults, showFaults } from './form-faults.js';

/** One field of a step's form. */
export interface FormField {
  name: string;
  label: string;
  kind:
    | 'line'
    | 'area'
    | 'select'
    | 'many'
    | 'checks'
    | 'instant'
    | 'future-instant'
    | 'day'
    | 'file'
    | 'address'
    | 'number'
    | 'yes'
    | 'secret';
  /** Said where it is left empty; without it the field may be. */
  missing?: string;
  hint?: ReactNode;
  placeholder?: string;
  rows?: number;
  choices?: readonly FoundChoice[];
  initial?: unknown;
  most?: number;
}

interface FormDialogProps<Answer> {
  title: string;
  okText: string;
  /** What it is about. */
  subject?: string;
  fields: readonly FormField[];
  /** What will happen and who will be told. */
  effect?: ReactNode;
  /** Gets every field; an empty one as null. */
  run: (values: Record<string, unknown>) => Promise<Answer>;
  done: string | ((answer: Answer) => string);
  touches: readonly string[];
  onClose: () => void;
  onDone?: (answer: Answer) => void;
  testId: string;
  width?: number;
  danger?: boolean;
  children?: (form: FormInstance) => ReactNode;
}

const ADDRESS = { pattern: /^https?:\/\/\S+$/, message: '请填写以 http:// 或 https:// 开头的完整网址' };

/** A step that asks for a few words: its fields, what it leads to, faults beside their field, a conflict closes it. */
export function FormDialog<Answer>(props: FormDialogProps<Answer>) {
  const { title, okText, subject, fields, effect, run, done, touches, onClose, onDone, testId, width = 560, danger, children } = props;
  const [form] = Form.useForm<Record<string, unknown>>();
  const step = useStep({
    run,
    done,
    touches,
    onConflict: onClose,
    onDone: (answer) => {
      onDone?.(answer);
      onClose();
    },
    onBadInput: (error) => showFaults(form, error),
  });
  return (
    <Modal
      open
      title={title}
      okText={okText}
      onOk={() => form.submit()}
      onCancel={onClose}
      confirmLoading={step.isPending}
      width={width}
      okButtonProps={{ 'data-testid': `${testId}-submit`, danger } as never}
    >
      {subject !== undefined && <p className="dialog-subject">{subject}</p>}
      <Form
        form={form}
        layout="vertical"
        onValuesChange={(changed) => forgetFaults(form, changed)}
        onFinish={(values) => step.mutate(cleaned(fields, values))}
        data-testid={`${testId}-form`}
      >
        {fields.map((field) => (
          <OneField key={field.name} field={field} testId={testId} />
        ))}
        {children?.(form)}
      </Form>
      {effect !== undefined && <p className="dialog-effect">{effect}</p>}
    </Modal>
  );
}

function OneField({ field, testId }: { field: FormField; testId: string }) {
  const { name, label, kind, missing, hint, initial } = field;
  const rules = [
    ...(missing === undefined ? [] : [{ required: true, message: missing, ...(isText(kind) ? { whitespace: true } : {}) }]),
    ...(kind === 'address' ? [ADDRESS] : []),
  ];
  return (
    <Form.Item
      name={name}
      label={kind === 'yes' ? undefined : label}
      rules={rules}
      extra={hint}
      initialValue={initial}
      valuePropName={kind === 'yes' ? 'checked' : 'value'}
    >
      {control(field, `${testId}-${name}`)}
    </Form.Item>
  );
}

function control({ kind, placeholder, rows = 3, choices = [], most, label }: FormField, testId: string) {
  const options = [...choices];
  switch (kind) {
    case 'line':
      return <Input placeholder={placeholder} maxLength={most ?? 200} data-testid={testId} />;
    case 'secret':
      return <Input.Password placeholder={placeholder} maxLength={2000} autoComplete="new-password" data-testid={testId} />;
    case 'address':
      return <Input inputMode="url" placeholder="https://" maxLength={2000} data-testid={testId} />;
    case 'area':
      return <Input.TextArea rows={rows} placeholder={placeholder} maxLength={most ?? 4000} data-testid={testId} />;
    case 'select':
      return <Select allowClear showSearch={BY_NAMES} placeholder={placeholder} options={options} data-testid={testId} />;
    case 'many':
      return <Select mode="multiple" placeholder={placeholder} options={options} showSearch={BY_NAMES} data-testid={testId} />;
    case 'checks':
      return <Checkbox.Group options={options} className="check-columns" data-testid={testId} />;
    case 'yes':
      return <Checkbox data-testid={testId}>{label}</Checkbox>;
    case 'number':
      return <InputNumber min={0} max={most} data-testid={testId} />;
    case 'day':
      return <DayField data-testid={testId} />;
    case 'file':
      return <FileField />;
    case 'instant':
    case 'future-instant':
      return <InstantField mayBeAhead={kind === 'future-instant'} data-testid={testId} />;
  }
}

const isText = (kind: FormField['kind']): boolean => kind === 'line' || kind === 'area' || kind === 'address';

/** Trimmed; what is empty is null, so that the API sees one form of nothing. */
function cleaned(fields: readonly FormField[], values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    fields.map(({ name, kind }) => {
      const value = values[name];
      if (kind === 'yes') return [name, value === true];
      if (kind === 'checks' || kind === 'many') return [name, value ?? []];
      const plain = typeof value === 'string' ? value.trim() : value;
      return [name, plain === '' || plain === undefined ? null : plain];
    }),
  );
}
