import { useQuery } from '@tanstack/react-query';
import { InputNumber } from 'antd';
import type { OrderFiguresView } from '@huiying/contracts/http';
import { orderFiguresQuery } from '../api/queries.js';
import { DaysField } from '../opinions/days-field.js';
import { AnswerTabs } from '../shell/answer-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { download, toCsv } from '../states/csv.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { apiSearch } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { fullTime } from '../time/beijing.js';
import './orders.css';

const WEIGHTS = [
  ['response', '响应率'],
  ['resolution', '解决率'],
  ['satisfaction', '满意率'],
] as const;

const percent = (rate: number | null) => (rate === null ? '—' : `${(rate * 100).toFixed(1)}%`);
const score = (value: number | null) => (value === null ? '—' : value.toFixed(1));

/** 热线指标: how did each unit do, and by which formula? */
export default function OrderFiguresPage() {
  usePageTitle('热线指标');
  const { filters, change } = useFilters(['from', 'to', 'response', 'resolution', 'satisfaction'] as const);
  const { data, error, refetch } = useQuery(orderFiguresQuery(apiSearch(filters)));
  return (
    <div className="page-fixed" data-testid="order-figures-page">
      <div className="page-head">
        <AnswerTabs />
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <DaysField from={filters.from} to={filters.to} onChange={change} />
        <span className="small quiet">综合得分权重</span>
        {WEIGHTS.map(([name, word]) => (
          <InputNumber
            key={name}
            prefix={word}
            aria-label={`${word}权重`}
            min={0}
            max={100}
            style={{ width: 120 }}
            value={data?.weights[name]}
            onChange={(value) => change({ [name]: value === null ? '' : String(value) })}
          />
        ))}
        <button type="button" className="plain-button push" disabled={data === undefined} onClick={() => data && save(data)}>
          导出 CSV
        </button>
      </div>
      <div className="list-sheet">
        {data === undefined ? (
          error === null ? (
            <Loading lines={8} />
          ) : (
            <Failure error={error} what="热线指标" onRetry={() => void refetch()} />
          )
        ) : (
          <Figures figures={data} />
        )}
      </div>
    </div>
  );
}

function Figures({ figures }: { figures: OrderFiguresView }) {
  const [all] = figures.units;
  if (all === undefined || all.received === 0) return <Empty title="这段时间没有工单">换一段时间再看。</Empty>;
  return (
    <>
      <table className="figures-table">
        <thead>
          <tr>
            <th>单位</th>
            <th>件数</th>
            <th>综合</th>
            {all.indicators.map(({ id, name, formula }) => (
              <th key={id} title={formula}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {figures.units.map(({ unit, received, score: sum, indicators }) => (
            <tr key={unit ?? '全市'} data-testid="figures-row">
              <th scope="row">{unit ?? '全市'}</th>
              <td>{received}</td>
              <td>{score(sum)}</td>
              {indicators.map(({ id, part, whole, rate }) => (
                <td key={id} title={`${part} ÷ ${whole}`}>
                  {percent(rate)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="order-facts">
        {all.indicators.map(({ id, name, formula, part, whole }) => (
          <div key={id}>
            <dt>{name}</dt>
            <dd>
              {formula}
              <span className="small quiet">
                {' '}
                全市 {part} ÷ {whole}
              </span>
            </dd>
          </div>
        ))}
      </dl>
      <p className="small quiet panel-more">
        按受理时间统计：{fullTime(figures.from)} 至 {fullTime(figures.to)}。分母为 0 的不算率。逾期未办的计入分母。
      </p>
    </>
  );
}

function save({ units, from, to, weights }: OrderFiguresView): void {
  const names = units[0]?.indicators.map(({ name }) => name) ?? [];
  const head = [
    '热线指标',
    `统计期间,${fullTime(from)} 至 ${fullTime(to)}`,
    `权重,响应 ${weights.response} 解决 ${weights.resolution} 满意 ${weights.satisfaction}`,
  ];
  const columns = ['单位', '件数', '综合得分', ...names.flatMap((name) => [name, `${name}分子`, `${name}分母`])];
  const rows = units.map((one) => [
    one.unit ?? '全市',
    one.received,
    score(one.score),
    ...one.indicators.flatMap(({ rate, part, whole }) => [percent(rate), part, whole]),
  ]);
  download('热线指标.csv', toCsv(head, columns, rows));
}
