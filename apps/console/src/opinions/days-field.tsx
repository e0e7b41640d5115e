import { Input } from 'antd';
import { useNarrow } from '../states/use-narrow.js';
import { WallPicker } from '../time/wall-picker.js';

interface DaysFieldProps {
  /** 2026-11-20, or '' where open. */
  from: string;
  to: string;
  onChange: (days: { from: string; to: string }) => void;
  /** What the two days are called. */
  words?: readonly [string, string];
}

/** From which day to which day. */
export function DaysField({ from, to, onChange, words = ['采集起始日', '采集截止日'] }: DaysFieldProps) {
  const narrow = useNarrow();
  if (narrow)
    return (
      <span className="filter-days">
        <Input type="date" aria-label={words[0]} value={from} max={to} onChange={(event) => onChange({ from: event.target.value, to })} />
        <span className="quiet">至</span>
        <Input type="date" aria-label={words[1]} value={to} min={from} onChange={(event) => onChange({ from, to: event.target.value })} />
      </span>
    );
  const day = (date: Date | null | undefined) => date?.toISOString().slice(0, 10) ?? '';
  return (
    <WallPicker.RangePicker
      className="filter-days"
      allowEmpty={[true, true]}
      placeholder={[...words]}
      value={[from === '' ? null : new Date(`${from}T00:00:00Z`), to === '' ? null : new Date(`${to}T00:00:00Z`)]}
      onChange={(days) => onChange({ from: day(days?.[0]), to: day(days?.[1]) })}
    />
  );
}
