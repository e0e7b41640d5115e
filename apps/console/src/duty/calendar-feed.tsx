import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { DutyFeed } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { monthDayTime } from '../time/beijing.js';
import { DUTY, feedQuery } from './duty-api.js';

/** One's own turns in the calendar of a phone: a secret address, shown once. */
export function CalendarFeed() {
  const { person } = useSession();
  const isOnRoster = person.role === 'duty-officer' || person.role === 'supervisor';
  const { data: feed } = useQuery({ ...feedQuery, enabled: isOnRoster });
  const [made, setMade] = useState<DutyFeed | null>(null);
  const make = useStep({ run: () => ask<DutyFeed>('POST', '/api/duty/feed'), done: '已生成，请立即复制', touches: DUTY, onDone: setMade });
  const end = useStep({ run: () => ask('DELETE', '/api/duty/feed'), done: '已停用', touches: DUTY, onDone: () => setMade(null) });
  if (!isOnRoster) return null;
  const madeAt = made?.madeAt ?? feed?.madeAt ?? null;
  return (
    <section className="panel" aria-labelledby="feed-head">
      <div className="panel-head">
        <h2 id="feed-head">我的值班日历</h2>
      </div>
      <div className="panel-body">
        <p className="small quiet">
          在手机或电脑日历中“订阅日历”，自动显示自己的班次。地址即凭证，只显示这一次，请勿转发；重新生成后旧地址失效。
        </p>
        {typeof made?.url === 'string' && (
          <Input readOnly value={made.url} onFocus={(event) => event.target.select()} data-testid="feed-url" />
        )}
        <p className="duty-acts">
          <Button onClick={() => make.mutate(undefined)} loading={make.isPending} data-testid="make-feed">
            {madeAt === null ? '生成订阅地址' : '重新生成'}
          </Button>
          {madeAt !== null && <Button onClick={() => end.mutate(undefined)}>停用</Button>}
          {madeAt !== null && <span className="small quiet">{monthDayTime(madeAt)} 生成</span>}
        </p>
      </div>
    </section>
  );
}
