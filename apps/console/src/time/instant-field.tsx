import { Button, Input, Space } from 'antd';
import { fromWallString, wallString } from './beijing.js';
import { serverClock } from './server-clock.js';

interface InstantFieldProps {
  id?: string;
  /** ISO 8601, or null where nothing is stated. */
  value?: string | null;
  onChange?: (instant: string | null) => void;
  'data-testid'?: string;
}

/**
 * A minute on 望川's clock. The native field holds a wall reading without a zone, so the browser's own zone and clock
 * play no part; 此刻 is the server's.
 */
export function InstantField({ id, value, onChange, ...rest }: InstantFieldProps) {
  const reading = value === null || value === undefined || value === '' ? '' : wallString(value).slice(0, 16);
  const latest = Number.isNaN(serverClock.now()) ? undefined : wallString(serverClock.now()).slice(0, 16);
  const setNow = () => onChange?.(fromWallString(wallString(serverClock.now()).slice(0, 16)));
  return (
    <Space.Compact block>
      <Input
        id={id}
        type="datetime-local"
        step={60}
        max={latest}
        value={reading}
        onChange={(event) => onChange?.(event.target.value === '' ? null : fromWallString(event.target.value))}
        data-testid={rest['data-testid']}
      />
      <Button onClick={setNow}>此刻</Button>
    </Space.Compact>
  );
}
