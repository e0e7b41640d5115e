import { Inject, Injectable } from '@nestjs/common';
import type { FiguresQuery, FiguresView } from '@huiying/contracts/http';
import { BadInput, Clock, MEASURES, NO_COUNTS, periodOf, spansOf, type ReportPeriod } from '@huiying/domain';
import { Database, departmentFigures, type DepartmentFigure } from '@huiying/persistence';
import { CityBook } from '../city/index.js';

type Asked = Pick<FiguresQuery, 'from' | 'to' | 'step' | 'rival'>;

/** Compares departments and spans, by the rules that reports count by. */
@Injectable()
export class FiguresReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  /** @throws BadInput where the days are none, or too many for the step */
  async read({ from, to, step, rival }: Asked): Promise<FiguresView> {
    const now = this.clock.now();
    const spans = spansAsked({ from, to, step, rival });
    const counted = spans.map((span) => ({ ...span, asOf: span.to < now ? span.to : now }));
    const found = await this.database.transaction(async (tx) => {
      await tx.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`);
      return departmentFigures(tx, counted);
    });
    return {
      takenAt: now.toISOString(),
      step,
      spans: spans.map(({ firstDay, lastDay, to: end }) => ({ firstDay, lastDay, isFinal: end <= now })),
      measures: MEASURES.map(({ id, name, formula, isRate }) => ({ id, name, formula, isRate })),
      rows: this.rows(found, spans.length),
    };
  }

  /** The city first, then every department that had anything in any of the spans, in the order of the city's book. */
  private rows(found: readonly DepartmentFigure[], spans: number): FiguresView['rows'] {
    const seen = new Set(found.flatMap(({ departmentId }) => departmentId ?? []));
    const known = this.city.parts.departments.map(({ id }) => id).filter((id) => seen.has(id));
    const former = [...seen].filter((id) => !known.includes(id)).sort();
    return [null, ...known, ...former].map((departmentId) => ({
      departmentId,
      departmentName: departmentId === null ? '全市' : this.city.departmentName(departmentId),
      cells: Array.from({ length: spans }, (_, span) => {
        const counts = found.find((one) => one.span === span && one.departmentId === departmentId) ?? NO_COUNTS;
        return MEASURES.map((measure) => measure.of(counts));
      }),
    }));
  }
}

function spansAsked({ from, to, step, rival }: Asked): ReportPeriod[] {
  try {
    return spansOf(periodOf(from, to), step, rival);
  } catch (error) {
    if (error instanceof RangeError) throw new BadInput([{ field: 'to', rule: error.message }]);
    throw error;
  }
}
