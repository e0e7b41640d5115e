import { Button, Input, Space } from 'antd';
import { useNarrow } from '../states/use-narrow.js';
import { fromWallString, wallString } from './beijing.js';
import { serverClock } from './server-clock.js';
import { instantOf, wallDate, type WallDate } from './wall-calendar.js';
import { WallPicker } from './wall-picker.js';

interface InstantFieldProps {
  id?: string;
  /** ISO 8601, or null where nothing is stated. */
  value?: string | null;
  onChange?: (instant: string | null) => void;
  /** A plan may lie in the future; what was done may not. */
  mayBeAhead?: boolean;
  'data-testid'?: string;
}

/** A minute on 望川's clock, not later than the server's now unless it is a plan. A phone gets its own wheel. */
export function InstantField(props: InstantFieldProps) {
  return useNarrow() ? <PhoneField {...props} /> : <DeskField {...props} />;
}

function DeskField({ id, value, onChange, mayBeAhead = false, ...rest }: InstantFieldProps) {
  const take = (date: WallDate | WallDate[] | null) => onChange?.(date === null || Array.isArray(date) ? null : instantOf(date));
  return (
    <WallPicker
      id={id}
      showTime={{ format: 'HH:mm' }}
      // What was typed counts at once, not only after 确定: a step that is sent next must have it.
      needConfirm={false}
      onCalendarChange={take}
      format="YYYY-MM-DD HH:mm"
      placeholder="年-月-日 时:分"
      style={{ width: 240 }}
      value={value ? wallDate(value) : null}
      disabledDate={(date) => !mayBeAhead && date.getTime() > wallDate(serverClock.now()).getTime()}
      onChange={take}
      data-testid={rest['data-testid']}
    />
  );
}

/** The native field holds a wall reading without a zone, so the phone's own zone does not matter. */
function PhoneField({ id, value, onChange, mayBeAhead = false, ...rest }: InstantFieldProps) {
  const reading = (instant: string | number) => wallString(instant).slice(0, 16);
  const take = (wallReading: string) => onChange?.(wallReading === '' ? null : fromWallString(wallReading));
  return (
    <Space.Compact block>
      <Input
        id={id}
        type="datetime-local"
        step={60}
        max={mayBeAhead || Number.isNaN(serverClock.now()) ? undefined : reading(serverClock.now())}
        value={value ? reading(value) : ''}
        onChange={(event) => take(event.target.value)}
        data-testid={rest['data-testid']}
      />
      <Button onClick={() => take(reading(serverClock.now()))}>此刻</Button>
    </Space.Compact>
  );
}
