import { Link } from 'react-router';
import type { DutyPerson, OnDuty } from '@huiying/contracts/http';
import { DUTY_WORDS } from '../marks/labels.js';
import { aheadWords } from '../time/words.js';
import { useNow } from '../time/use-now.js';

/** Who is on duty now, and who comes next. */
export function DutyPanel({ duty }: { duty: OnDuty }) {
  const now = useNow(20_000);
  return (
    <section className="panel" aria-labelledby="board-duty-head">
      <div className="panel-head">
        <h2 id="board-duty-head">
          <Link to="/duty" data-testid="to-duty">
            值班
          </Link>
        </h2>
        {duty.changesAt !== null && <span className="push small quiet">{aheadWords(duty.changesAt, now)}交接</span>}
      </div>
      <div className="panel-body duty-people">
        {duty.now.length === 0 && <p className="state-wrong state">! 当前无人值班，请核对排班</p>}
        {duty.now.map((person) => (
          <Person key={`now${person.id}${person.duty}`} person={person} />
        ))}
        {duty.next.length > 0 && <p className="small quiet duty-next">下一班</p>}
        {duty.next.map((person) => (
          <Person key={`next${person.id}${person.duty}`} person={person} next />
        ))}
      </div>
    </section>
  );
}

function Person({ person, next = false }: { person: DutyPerson; next?: boolean }) {
  return (
    <p className={`duty-person${next ? ' quiet' : ''}`}>
      <span className="quiet">{DUTY_WORDS[person.duty]}</span> {next ? person.name : <b>{person.name}</b>}
      {person.phone !== null && <a href={`tel:${person.phone.replace(/\s/g, '')}`}>{person.phone}</a>}
    </p>
  );
}
