import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { toldOfCaseQuery } from './telling-api.js';
import { ToldRow } from './told-row.js';
import '../duty/duty.css';

const FIRST = 6;

/** Who was told of this case, and did they hear it? */
export function ToldPanel({ caseId }: { caseId: string }) {
  const { data: told } = useQuery(toldOfCaseQuery(caseId));
  const [all, setAll] = useState(false);
  if (told === undefined || told.length === 0) return null;
  const waiting = told.filter(({ urgency, acknowledged }) => urgency === 'urgent' && acknowledged === null).length;
  return (
    <section className="panel" aria-labelledby="told-head" data-testid="told-panel">
      <div className="panel-head">
        <h2 id="told-head">通知情况</h2>
        <span className="small quiet">
          {told.length} 条{waiting > 0 && `，${waiting} 条紧急通知未确认`}
        </span>
      </div>
      {(all ? told : told.slice(0, FIRST)).map((one) => (
        <ToldRow key={one.id} told={one} />
      ))}
      {told.length > FIRST && (
        <button type="button" className="panel-more plain-more" onClick={() => setAll(!all)}>
          {all ? '收起' : `全部 ${told.length} 条`}
        </button>
      )}
    </section>
  );
}
