import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import type { ReportBlock, ReportCite, ReportParagraph, ReportTable } from '@huiying/contracts/http';

const ReportChart = lazy(() => import('./report-chart.js'));

/** One part of a report; every figure leads to what it was counted from. */
export function Block({ block }: { block: ReportBlock }) {
  if (block.kind === 'chart')
    return (
      <Suspense fallback={<div className="report-chart" />}>
        <ReportChart chart={block} />
      </Suspense>
    );
  if (block.kind === 'table') return <Rows table={block} />;
  return (
    <>
      {block.heading !== undefined && <h4>{block.heading}</h4>}
      <Sentence paragraph={block} />
    </>
  );
}

function Sentence({ paragraph: block }: { paragraph: ReportParagraph }) {
  return (
    <p>
      {block.text}
      <Cites cites={block.cites} />
    </p>
  );
}

function Cites({ cites }: { cites: readonly ReportCite[] }) {
  return cites.map(({ text, link }) => (
    <span key={`${text}${link}`} className="report-cite">
      {link === null ? text : <Link to={link}>{text}</Link>}
    </span>
  ));
}

function Rows({ table: { title, columns, rows, empty, key } }: { table: ReportTable }) {
  return (
    <figure className="report-table" data-testid={`report-${key}`}>
      <figcaption>{title}</figcaption>
      {rows.length === 0 ? (
        <p className="quiet">{empty}</p>
      ) : (
        <div className="report-scroll" tabIndex={0} role="region" aria-label={title}>
          <table>
            <thead>
              <tr>
                {columns.map(({ name, isNumber }) => (
                  <th key={name} className={isNumber ? 'number' : undefined} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ cells, link, more = [] }, i) => (
                <tr key={i}>
                  {cells.map((cell, column) => (
                    <td key={column} className={columns[column]!.isNumber ? 'number' : undefined}>
                      {column === 0 && link !== null ? <Link to={link}>{cell}</Link> : cell}
                      {column === 0 && <Cites cites={more} />}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </figure>
  );
}
