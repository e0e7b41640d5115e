import { Link } from 'react-router';
import type { FigureCell, FiguresView } from '@huiying/contracts/http';
import { figureChange, figureText, spanWords } from './figure-words.js';

interface TableProps {
  figures: FiguresView;
  rows: FiguresView['rows'];
}

/** Every measure of one stretch, with its change on the one beside it. */
export function WholeTable({ figures: { measures, spans }, rows }: TableProps) {
  const now = spans.length - 1;
  return (
    <div className="figures-scroll" tabIndex={0} role="region" aria-label="各单位各项指标">
      <table className="figures-table">
        <thead>
          <tr>
            <th scope="col">单位</th>
            {measures.map(({ id, name, formula }) => (
              <th key={id} scope="col" title={formula}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.departmentId ?? ''} data-testid="figures-row">
              <th scope="row">{row.departmentName}</th>
              {measures.map(({ id, isRate }, m) => {
                const cell = row.cells[now]![m]!;
                return (
                  <td key={id} title={madeOf(cell)}>
                    <Figure cell={cell} isRate={isRate} link={linkOf(id, row.departmentId, spans[now]!)} />
                    {now > 0 && <span className="figures-change">{figureChange(cell, row.cells[0]![m]!, isRate)}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One measure over all spans. */
export function CourseTable({ figures, rows, measure }: TableProps & { measure: number }) {
  const { id, isRate } = figures.measures[measure]!;
  const words = spanWords(figures.spans);
  return (
    <div className="figures-scroll" tabIndex={0} role="region" aria-label="各单位各时段">
      <table className="figures-table">
        <thead>
          <tr>
            <th scope="col">单位</th>
            {words.map((word, span) => (
              <th key={word} scope="col">
                {word}
                {!figures.spans[span]!.isFinal && <span className="quiet">（期中）</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.departmentId ?? ''} data-testid="figures-row">
              <th scope="row">{row.departmentName}</th>
              {words.map((word, span) => {
                const cell = row.cells[span]![measure]!;
                return (
                  <td key={word} title={madeOf(cell)}>
                    <Figure cell={cell} isRate={isRate} link={linkOf(id, row.departmentId, figures.spans[span]!)} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figure({ cell, isRate, link }: { cell: FigureCell; isRate: boolean; link: string | null }) {
  const text = figureText(cell, isRate);
  return link === null || !cell.value ? text : <Link to={link}>{text}</Link>;
}

/** What a rate is made of. */
function madeOf({ part, whole }: FigureCell): string | undefined {
  return part === null || whole === null ? undefined : `${part} ÷ ${whole}`;
}

/** The rows that were counted, where a list can show just them. */
function linkOf(measure: string, departmentId: string | null, { firstDay, lastDay }: { firstDay: string; lastDay: string }): string | null {
  if (measure !== 'opinions') return null;
  const asked = new URLSearchParams({ verdict: 'flagged', from: firstDay, to: lastDay });
  if (departmentId !== null) asked.set('department', departmentId);
  return `/opinions?${asked.toString()}`;
}
