import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { ReportBlock, ReportView } from '@huiying/contracts/http';
import { Clock, departmentScore, rateText, scoredItems, type ReportPeriod, type ScorePlan } from '@huiying/domain';
import { Database, departmentFigures, type DepartmentFigure } from '@huiying/persistence';
import { CityBook } from '../city/index.js';

/** 政务公开年度考核: every department's score over a span, by the figures that reports and comparisons count. */
@Injectable()
export class ScorecardReader {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CityBook) private readonly city: CityBook,
  ) {}

  async read(period: ReportPeriod): Promise<ReportView> {
    const now = this.clock.now();
    const isFinal = now >= period.to;
    const asOf = isFinal ? period.to : now;
    const figures = await this.database.transaction(async (tx) => {
      await tx.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY`);
      return departmentFigures(tx, [{ ...period, asOf }]);
    });
    const { firstDay, lastDay } = period;
    const cityName = this.city.parts.name;
    const content = {
      title: `${cityName}政务公开考核评分表`,
      issue: null,
      secrecy: '内部资料 注意保存',
      publisher: `${cityName}政务舆情值班室`,
      firstDay,
      lastDay,
      takenAt: asOf.toISOString(),
      isFinal,
      sections: scorecardSections(figures, period, this.city.parts.scorePlan, (id) => this.city.departmentName(id)),
    };
    return { ...content, sha256: createHash('sha256').update(JSON.stringify(content)).digest('hex') };
  }
}

/** The best first; those of whom nothing can be told stand last, without a score. Pure. */
export function scorecardSections(
  figures: readonly DepartmentFigure[],
  { firstDay, lastDay }: ReportPeriod,
  plan: ScorePlan,
  nameOf: (id: string) => string,
) {
  const items = scoredItems(plan);
  const rows = figures
    .flatMap((counts) => (counts.departmentId === null ? [] : [{ id: counts.departmentId, counts, ...departmentScore(counts, plan) }]))
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1) || (a.id < b.id ? -1 : 1));
  const scored = rows.filter(({ score }) => score !== null);
  const link = `/figures?from=${firstDay}&to=${lastDay}`;
  const cites = [{ text: '数据比较', link }];
  const ranking: ReportBlock[] = [
    {
      kind: 'paragraph',
      text: `本期有数据可评的单位 ${scored.length} 个。政务公开在年度考核中的分值权重不低于 4%，本表按 ${plan.points} 分折算。`,
      cites,
    },
    {
      kind: 'table',
      key: 'scores',
      title: '各单位评分',
      columns: [
        { name: '单位', isNumber: false },
        ...items.map(({ name, weight }) => ({ name: `${name}（${weight}）`, isNumber: false })),
        { name: '逾期未办结', isNumber: true },
        { name: '得分', isNumber: false },
        { name: `折算（${plan.points} 分）`, isNumber: false },
      ],
      rows: rows.map(({ id, counts, rates, score, points }) => ({
        cells: [nameOf(id), ...rates.map(rateText), String(counts.overdue), score?.toFixed(1) ?? '—', points?.toFixed(2) ?? '—'],
        link: `${link}&department=${id}`,
      })),
      empty: '本期没有数据可评的单位。',
    },
  ];
  const rules: ReportBlock[] = [
    ...items.map(({ name, weight, formula }): ReportBlock => ({
      kind: 'paragraph',
      text: `${name}（权重 ${weight}）= ${formula}。`,
      cites,
    })),
    {
      kind: 'paragraph',
      text: `得分 = Σ（权重 × 比率）÷ Σ 权重 × 100，只计有数据的项；没有数据的项不计，也不扣分。折算 = 得分 × ${plan.points} ÷ 100。评分供考核参考，由考核单位审定。`,
      cites,
    },
  ];
  return [
    { heading: '一、评分', blocks: ranking },
    { heading: '附录：权重与算法', blocks: rules },
  ];
}
