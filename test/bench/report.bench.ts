/**
 * A week of 1,000,000 opinions, 50,000 orders and 5,000 tasks reported, twice: `npm run bench:report -- [OPINIONS] [ORDERS] [TASKS]`, those of the
 * week. JSON on the last line: seconds by the clock and of processor time, of this process and of PostgreSQL, the memory that a report
 * takes, whether both runs gave the same bytes, and the same for the files.
 */
import { readFileSync } from 'node:fs';
import type { ReportView } from '@huiying/contracts/http';
import { MovableClock, weekOf } from '@huiying/domain';
import { CityBook } from '../../apps/response-workflow/src/city/index.js';
import { reportDocument, reportPdf, ReportReader, reportWorkbook } from '../../apps/response-workflow/src/reports/index.js';
import { startOwnPostgres } from '../support/event-log/own-postgres.js';
import { processorSeconds } from '../support/processor-time.js';
import { fillReportWeek } from '../support/report-week.js';
import { serverSeconds, serverTicks } from './server-time.js';

const [opinions = '1000000', orders = '50000', tasks = '5000'] = process.argv.slice(2);
const round = (value: number) => Math.round(value * 1000) / 1000;
const megabytes = () => Math.round(process.memoryUsage().rss / 2 ** 20);

async function main(): Promise<void> {
  const postgres = await startOwnPostgres({ max_wal_size: '8GB', full_page_writes: 'off', autovacuum: 'off', synchronous_commit: 'off' });
  const database = await postgres.open(4);
  try {
    const [{ folder }] = (await database.query<{ folder: string }>(`SELECT current_setting('data_directory') AS folder`)) as [
      { folder: string },
    ];
    const postmaster = Number(readFileSync(`${folder}/postmaster.pid`, 'utf8').split('\n')[0]);
    // Half of what is made lies in the week before, against which changes are told.
    await fillReportWeek(database, { opinions: Number(opinions) * 2, orders: Number(orders) * 2, tasks: Number(tasks) * 2 });
    const week = weekOf('2026-11-16');
    const reader = new ReportReader(database, new MovableClock(week.to), CityBook.read('config'));
    const runs = [];
    const reports: ReportView[] = [];
    for (let run = 0; run < 2; run++) {
      const before = { ticks: serverTicks(postmaster), memory: megabytes(), wall: performance.now() };
      const seconds = await processorSeconds(async () => void reports.push(await reader.read(week)));
      runs.push({
        seconds: round((performance.now() - before.wall) / 1000),
        processorSeconds: round(seconds),
        postgresProcessorSeconds: serverSeconds(postmaster, before.ticks),
        memoryGrownMb: megabytes() - before.memory,
      });
    }
    const [one, other] = [reports[0]!, reports[1]!];
    const files: Record<string, unknown> = {};
    for (const [name, make] of Object.entries({ docx: reportDocument, pdf: reportPdf, xlsx: reportWorkbook })) {
      let made: Buffer | null = null;
      const seconds = await processorSeconds(async () => void (made = await make(one)));
      files[name] = {
        processorSeconds: round(seconds),
        kilobytes: Math.round(made!['length'] / 1024),
        same: (await make(other)).equals(made!),
      };
    }
    const same = JSON.stringify(one) === JSON.stringify(other);
    console.log(
      JSON.stringify({ bench: 'report', opinions: Number(opinions), orders: Number(orders), tasks: Number(tasks), runs, same, files }),
    );
  } finally {
    await database.close();
    await postgres.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    console.error(error);
    process.exit(1);
  },
);
