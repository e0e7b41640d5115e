import { Button, Drawer, Input, InputNumber } from 'antd';
import { useState } from 'react';
import type { CalendarPreview, CalendarTable, ChangeOutcome, NoticeReadingView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { useStep } from '../api/use-step.js';
import { MovedClocks } from './moved-clocks.js';
import { linesOf, readLines } from './table-text.js';

interface Draft {
  year: number;
  source: string;
  holidays: string;
  workdays: string;
}

const NOTE = '由管理员按通知原文录入';
const draftOf = ({ year, source, holidays, workdays }: CalendarTable): Draft => ({
  year,
  source: source ?? '',
  holidays: linesOf(holidays),
  workdays: linesOf(workdays),
});

/** 录入放假安排: paste the notice, look at the days found, see which clocks would move, confirm. Nothing counts before that. */
export default function EntryDrawer({ year, table, onClose }: { year: number; table: CalendarTable | null; onClose: () => void }) {
  const [text, setText] = useState('');
  const [draft, setDraft] = useState<Draft | null>(table ? draftOf(table) : null);
  const [reading, setReading] = useState<NoticeReadingView | null>(null);
  const [preview, setPreview] = useState<CalendarPreview | null>(null);
  const edit = (part: Partial<Draft>) => {
    setDraft((old) => ({ year, source: '', holidays: '', workdays: '', ...old, ...part }));
    setPreview(null);
  };
  const read = useStep({
    run: () => ask<NoticeReadingView>('POST', '/api/calendar/reading', { text, year: /\d{4}\s*年/.test(text) ? null : year }),
    done: null,
    touches: [],
    onDone: (answer) => {
      setReading(answer);
      setDraft(draftOf(answer.table));
      setPreview(null);
    },
  });
  const { made, fault } = madeOf(draft);
  const look = useStep({
    run: () => ask<CalendarPreview>('POST', '/api/calendar/preview', { table: made }),
    done: null,
    touches: [],
    onDone: (answer) => setPreview(answer),
  });
  const enter = useStep({
    run: () => ask<ChangeOutcome>('POST', '/api/calendar', { table: made, text: reading ? text : null, basis: preview!.basis }),
    done: ({ movedCount }: ChangeOutcome) => `已录入，${movedCount} 个在办时限随之调整`,
    touches: ['calendar', 'board', 'cases', 'tasks', 'deadlines'],
    onConflict: () => setPreview(null),
    onDone: onClose,
  });
  return (
    <Drawer open onClose={onClose} size="min(760px, 100vw)" title="录入放假安排" data-testid="entry-drawer">
      <div className="entry">
        <label htmlFor="notice-text">粘贴国务院办公厅放假通知的全文（或其中各条）</label>
        <Input.TextArea
          id="notice-text"
          rows={6}
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder="一、元旦：1月1日（周五）至3日（周日）放假，共3天。…"
          maxLength={20_000}
          data-testid="notice-text"
        />
        <div>
          <Button onClick={() => read.mutate(undefined)} loading={read.isPending} disabled={text.trim() === ''} data-testid="read-notice">
            识别日期
          </Button>
        </div>
        {reading && <Doubts reading={reading} />}
        {draft && <Fields draft={draft} edit={edit} />}
        {fault && (
          <p className="source-error" role="alert">
            {fault}
          </p>
        )}
        <div>
          <Button onClick={() => look.mutate(undefined)} loading={look.isPending} disabled={made === null} data-testid="preview-calendar">
            预览影响
          </Button>
        </div>
        {preview && (
          <>
            <Changes preview={preview} />
            <MovedClocks clocks={preview.clocks} count={preview.clockCount} />
            <p className="dialog-effect">确认后即时生效；受影响的舆情单时间线会写明原到期与新到期，操作记入审计。录错了可再次修改。</p>
            <Button type="primary" onClick={() => enter.mutate(undefined)} loading={enter.isPending} data-testid="enter-calendar">
              {`确认录入 ${made!.year} 年安排`}
            </Button>
          </>
        )}
      </div>
    </Drawer>
  );
}

function Doubts({ reading: { doubts, unread, table } }: { reading: NoticeReadingView }) {
  const found = [...table.holidays, ...table.workdays].reduce((sum, { days }) => sum + days.length, 0);
  const lines = [...doubts, ...unread.map((line) => `未识别：${line}`)];
  return (
    <div className="decision" role="status" data-testid="reading">
      识别出 {table.year} 年 {found} 天{lines.length > 0 ? '，以下请核对原文：' : '，未见疑点。'}
      <ul>
        {lines.map((line) => (
          <li key={line}>· {line}</li>
        ))}
      </ul>
    </div>
  );
}

function Fields({ draft, edit }: { draft: Draft; edit: (part: Partial<Draft>) => void }) {
  return (
    <div className="entry-fields">
      <label htmlFor="entry-year">年份</label>
      <InputNumber id="entry-year" min={2007} max={2100} value={draft.year} onChange={(value) => edit({ year: value ?? draft.year })} />
      <label htmlFor="entry-source">文号</label>
      <Input
        id="entry-source"
        value={draft.source}
        maxLength={60}
        placeholder="国办发明电〔2026〕…号，没有可留空"
        onChange={(event) => edit({ source: event.target.value })}
      />
      <label htmlFor="entry-off">放假</label>
      <Input.TextArea
        id="entry-off"
        autoSize
        value={draft.holidays}
        onChange={(event) => edit({ holidays: event.target.value })}
        data-testid="entry-off"
      />
      <label htmlFor="entry-worked">调休上班</label>
      <Input.TextArea id="entry-worked" autoSize value={draft.workdays} onChange={(event) => edit({ workdays: event.target.value })} />
    </div>
  );
}

function Changes({ preview: { days } }: { preview: CalendarPreview }) {
  if (days.length === 0) return <p className="quiet">没有日子改变。</p>;
  return (
    <table className="ledger" data-testid="changed-days">
      <thead>
        <tr>
          <th>日期</th>
          <th>原为</th>
          <th>改为</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ date, before, after, isWorkday }) => (
          <tr key={date}>
            <td className="nowrap">{date}</td>
            <td className="quiet">{before}</td>
            <td>
              {after} · {isWorkday ? '上班' : '不上班'}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function madeOf(draft: Draft | null): { made: CalendarTable | null; fault: string | null } {
  if (draft === null) return { made: null, fault: null };
  const [off, worked] = [readLines(draft.holidays), readLines(draft.workdays)];
  const fault = off.fault ?? worked.fault ?? (off.named?.length === 0 ? '至少写一个放假的节日' : null);
  if (fault !== null) return { made: null, fault };
  const source = draft.source.trim() === '' ? null : draft.source.trim();
  return { made: { year: draft.year, source, sourceNote: NOTE, holidays: off.named!, workdays: worked.named! }, fault: null };
}
