import { useQuery } from '@tanstack/react-query';
import { dutyQuery } from '../api/queries.js';
import { DUTY_WORDS } from '../marks/labels.js';
import { Icon } from './icons.js';

/** Who is on duty now, with the phone, on every page. */
export function OnDutyLine() {
  const { data: duty, isError } = useQuery(dutyQuery);
  if (isError) return <span className="on-duty on-duty-none">值班信息读取失败</span>;
  if (duty === undefined) return <span className="on-duty" />;
  if (duty.now.length === 0) return <span className="on-duty on-duty-none">当前无人值班，请核对排班</span>;
  return (
    <span className="on-duty" data-testid="on-duty">
      {duty.now.map((person) => (
        <span key={`${person.id}${person.duty}`} className="on-duty-person">
          <span className="on-duty-role">{DUTY_WORDS[person.duty]}</span> <b>{person.name}</b>
          {person.phone !== null && (
            <a href={`tel:${person.phone.replace(/\s/g, '')}`} aria-label={`致电${DUTY_WORDS[person.duty]}${person.name}`}>
              <Icon name="phone" />
              <span className="on-duty-number">{person.phone}</span>
            </a>
          )}
        </span>
      ))}
    </span>
  );
}
