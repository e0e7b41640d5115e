import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import type { QualityView } from '@huiying/contracts/http';
import { qualityQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { JudgingTabs } from './judging-tabs.js';
import { usePageTitle } from '../shell/tab-title.js';
import { download, toCsv } from '../states/csv.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { Tabs } from '../states/tabs.js';
import { useFilters } from '../states/use-filters.js';
import { fullTime } from '../time/beijing.js';
import { ASPECT_WORDS } from './review-words.js';
import { weekTable } from './week-table.js';
import './learning.css';

const PERIODS = [
  { value: '30', word: '近 30 天' },
  { value: '90', word: '近 90 天' },
  { value: '365', word: '近一年' },
];

/** 研判质量: how often is the machine right, where does it err, which version judges? */
export default function QualityPage() {
  usePageTitle('研判质量');
  const { filters, change } = useFilters(['days'] as const, { days: '90' });
  const { data: quality, error, refetch } = useQuery(qualityQuery(filters.days));
  return (
    <div className="page-fixed" data-testid="quality-page">
      <div className="page-head">
        <JudgingTabs />
        <Tabs label="时段" choices={PERIODS} value={filters.days} onChange={(days) => change({ days })} />
      </div>
      {quality === undefined ? (
        error === null ? (
          <Loading lines={10} />
        ) : (
          <Failure error={error} what="研判质量" onRetry={() => void refetch()} />
        )
      ) : (
        <div className="sheet quality">
          <ModelsPanel quality={quality} />
          <div className="sheet-columns">
            <AccuracyPanel weeks={quality.weeks} />
            <ConfusionPanel confusion={quality.confusion} />
          </div>
        </div>
      )}
    </div>
  );
}

function ModelsPanel({ quality }: { quality: QualityView }) {
  const learn = useStep({ run: () => steps.learn(), done: '已开始学习，完成后会提示', touches: ['quality'] });
  const use = useStep({ run: (model: string | null) => steps.useModel(model), done: '已通知研判服务改用', touches: ['quality'] });
  const { models, inUse, learning, newReviews, mayLearn, reports } = quality;
  const last = reports[0];
  return (
    <section className="panel" aria-labelledby="models-head">
      <div className="panel-head">
        <h2 id="models-head">模型版本</h2>
        <span className="small quiet" data-testid="model-in-use">
          {inUse === null ? '目前只按词表研判' : `在用 ${inUse}`}
          {last === undefined ? '' : ` · ${fullTime(last.at)} ${last.by}：${last.said}`}
        </span>
        {mayLearn && (
          <span className="push no-print">
            {inUse !== null && (
              <Popconfirm
                title="停用模型，只按词表研判？"
                description="新到的舆情立即按词表研判，已研判的不变。"
                onConfirm={() => use.mutate(null)}
              >
                <Button size="small">只用词表</Button>
              </Popconfirm>
            )}{' '}
            <Button
              size="small"
              type="primary"
              loading={learn.isPending || learning !== null}
              onClick={() => learn.mutate(undefined)}
              data-testid="learn-now"
            >
              {learning === null ? `学习${newReviews > 0 ? `（新复核 ${newReviews} 条）` : ''}` : '正在学习…'}
            </Button>
          </span>
        )}
      </div>
      {models.length === 0 ? (
        <Empty title="还没有学习过">
          用 npm run learn -- 文件 学习本市的历史工单，或在积累复核之后由系统管理员在此学习。在那之前按词表研判。
        </Empty>
      ) : (
        <table className="ledger quality-table">
          <thead>
            <tr>
              <th>版本</th>
              <th>学习时间</th>
              <th>样本</th>
              <th>主题 宏F1</th>
              <th>部门 首位 / 前三</th>
              <th>数据指纹</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {models.map((model) => (
              <tr key={model.model} data-testid="model-row">
                <td>
                  <b>{model.model}</b>
                </td>
                <td>{fullTime(model.learnedAt)}</td>
                <td>
                  {model.rows.toLocaleString('zh-CN')}
                  {model.corrections > 0 && <span className="quiet">（复核 {model.corrections}）</span>}
                </td>
                <td>{model.figures.topic === undefined ? '—' : percent(model.figures.topic.macroF1)}</td>
                <td>
                  {model.figures.department === undefined
                    ? '—'
                    : `${percent(model.figures.department.top1)} / ${percent(model.figures.department.top3)}`}
                </td>
                <td className="quiet">{model.dataFingerprint.slice(0, 8)}</td>
                <td>
                  {model.inUse ? (
                    <b>在用</b>
                  ) : (
                    mayLearn && (
                      <Popconfirm
                        title={`改用 ${model.model}？`}
                        description="新到的舆情立即按它研判，已研判的不变。"
                        onConfirm={() => use.mutate(model.model)}
                      >
                        <button type="button" className="plain-button">
                          启用
                        </button>
                      </Popconfirm>
                    )
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function AccuracyPanel({ weeks }: { weeks: QualityView['weeks'] }) {
  const { aspects, rows } = weekTable(weeks);
  return (
    <section className="panel" aria-labelledby="accuracy-head">
      <div className="panel-head">
        <h2 id="accuracy-head">准确率</h2>
        <span className="small quiet">值班员复核过的研判中无误的比例，按周</span>
      </div>
      {rows.length === 0 ? (
        <Empty title="这段时间没有复核">在舆情或预警的“研判复核”中点“无误”或“改为”，标误报、研判定级也会计入。</Empty>
      ) : (
        <table className="ledger quality-table" data-testid="accuracy">
          <thead>
            <tr>
              <th>周（起）</th>
              {aspects.map((aspect) => (
                <th key={aspect}>{ASPECT_WORDS[aspect]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ week, cells }) => (
              <tr key={week}>
                <td>{week}</td>
                {cells.map((cell, i) => (
                  <td key={aspects[i]}>
                    {cell === null ? (
                      <span className="quiet">—</span>
                    ) : (
                      <span className="share" title={`${cell.reviewed} 条中 ${cell.correct} 条无误`}>
                        <span className="share-bar" style={{ width: `${Math.round((cell.correct / cell.reviewed) * 60)}px` }} />
                        {percent(cell.correct / cell.reviewed)} <span className="quiet small">{cell.reviewed}</span>
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ConfusionPanel({ confusion }: { confusion: QualityView['confusion'] }) {
  const { filters, change } = useFilters(['of'] as const, { of: 'department' });
  const of = filters.of === 'topic' ? 'topic' : 'department';
  const wrong = confusion[of].filter(({ isRight }) => !isRight);
  const columns = ['系统判为', '应为', '次数'];
  const save = () =>
    download(`研判混淆-${of === 'topic' ? '主题' : '部门'}.csv`, toCsv([], columns, confusion[of].map(({ was, now, count }) => [was, now, count]))); // prettier-ignore
  return (
    <section className="panel" aria-labelledby="confusion-head">
      <div className="panel-head">
        <h2 id="confusion-head">错在哪里</h2>
        <Tabs
          label="混淆"
          choices={[
            { value: 'department', word: '部门' },
            { value: 'topic', word: '主题' },
          ]}
          value={of}
          onChange={(value) => change({ of: value })}
        />
        <button type="button" className="plain-button push no-print" onClick={save}>
          导出 CSV
        </button>
      </div>
      {wrong.length === 0 ? (
        <Empty title="没有改判">这段时间的复核没有改过{of === 'topic' ? '主题' : '部门'}。</Empty>
      ) : (
        <table className="ledger quality-table" data-testid="confusion">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column}>{column}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {wrong.map(({ was, now, count }) => (
              <tr key={`${was} ${now}`}>
                <td>{was}</td>
                <td>{now}</td>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10}%`;
}
