import type { ReportIssueView, ReportView } from '@huiying/contracts/http';
import { fullTime } from '../time/beijing.js';
import { Block } from './report-blocks.js';
import { hasBegun } from './report-span.js';
import { SectionNote } from './section-note.js';

/** The report as it is read. */
export function ReportSheet({ report, issue }: { report: ReportView; issue: ReportIssueView | undefined }) {
  return (
    <article className="report-sheet">
      <header>
        <p className="report-secrecy">{report.secrecy}</p>
        <h2>{report.title}</h2>
        <p className="report-issue">
          {report.issue ?? `${report.firstDay} 至 ${report.lastDay}`}
          {issue !== undefined && issue.volume !== null && `（总第${issue.volume}期）`}
        </p>
        <p className="report-office">
          <span>{report.publisher}</span>
          <span>
            {report.firstDay} 至 {report.lastDay}
          </span>
        </p>
      </header>
      {!report.isFinal && hasBegun(report) && (
        <p className="report-unfinished">本期尚未结束，以下为截至 {fullTime(report.takenAt)} 的期中数据。</p>
      )}
      {report.sections.map(({ heading, blocks }) => (
        <section key={heading}>
          <h3>{heading}</h3>
          {blocks.map((block, i) => (
            <Block key={i} block={block} />
          ))}
          {issue !== undefined && <SectionNote key={`${issue.id}${heading}`} issue={issue} heading={heading} />}
        </section>
      ))}
      <footer className="small quiet">
        数据截止 {fullTime(report.takenAt)}
        {'\u3000'}内容校验 {(issue ?? report).sha256.slice(0, 16)}
      </footer>
    </article>
  );
}
