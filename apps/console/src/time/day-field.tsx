import { Input } from 'antd';

interface DayFieldProps {
  id?: string;
  /** YYYY-MM-DD. */
  value?: string | null;
  onChange?: (day: string | null) => void;
  'data-testid'?: string;
}

/** A day of the calendar; the browser's own picker, which every phone knows. */
export function DayField({ id, value, onChange, ...rest }: DayFieldProps) {
  return (
    <Input
      id={id}
      type="date"
      style={{ width: 180 }}
      value={value ?? ''}
      onChange={(event) => onChange?.(event.target.value === '' ? null : event.target.value)}
      data-testid={rest['data-testid']}
    />
  );
}
