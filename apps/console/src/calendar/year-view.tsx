import type { CalendarYearView } from '@huiying/contracts/http';

type Day = CalendarYearView['days'][number];

const WEEK = ['一', '二', '三', '四', '五', '六', '日'];
const MARKS: Record<Day['kind'], string> = { holiday: '休', 'make-up-workday': '班', weekend: '', weekday: '' };

/** Twelve months at a glance: what is off, what is worked instead, what is not settled yet. */
export function YearView({ days, today }: { days: readonly Day[]; today: string }) {
  const months = Array.from({ length: 12 }, (_, month) => days.filter(({ date }) => Number(date.slice(5, 7)) === month + 1));
  return (
    <div className="year" data-testid="year-view">
      {months.map((month, index) => (
        <section key={index} className="month">
          <h3>{index + 1} 月</h3>
          <div className="month-days">
            {WEEK.map((word) => (
              <span key={word} className="month-week quiet" aria-hidden="true">
                {word}
              </span>
            ))}
            {month.map((day, at) => (
              <DayCell key={day.date} day={day} isToday={day.date === today} column={at === 0 ? columnOf(day.date) : undefined} />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}

function DayCell({ day, isToday, column }: { day: Day; isToday: boolean; column: number | undefined }) {
  const names = ['day', `day-${day.kind}`, day.provisional ? 'day-provisional' : '', isToday ? 'day-today' : ''].join(' ');
  const words = `${day.date} ${day.isWorkday ? '上班' : '不上班'}：${day.why}${isToday ? '（今天）' : ''}`;
  return (
    <span className={names} style={column === undefined ? undefined : { gridColumnStart: column }} title={words} data-day={day.date}>
      {Number(day.date.slice(8))}
      <sup aria-label={words}>{MARKS[day.kind]}</sup>
    </span>
  );
}

/** 1 = Monday. */
function columnOf(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

export function YearLegend() {
  return (
    <p className="year-legend small quiet">
      <span className="day day-holiday">
        1<sup>休</sup>
      </span>
      放假
      <span className="day day-make-up-workday">
        1<sup>班</sup>
      </span>
      调休上班 <span className="day day-weekend">1</span>
      周末 <span className="day day-weekday day-provisional">1</span>
      暂定：放假安排未公布，暂按星期推算
    </p>
  );
}
