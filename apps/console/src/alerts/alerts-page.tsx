import { Select } from 'antd';
import { Link, useNavigate } from 'react-router';
import type { AlertView } from '@huiying/contracts/http';
import { alertsQuery } from '../api/queries.js';
import { useHeldBack } from '../board/use-held-back.js';
import { SEVERITIES, SEVERITY_MARKS } from '../marks/labels.js';
import { DaysField } from '../opinions/days-field.js';
import { usePageTitle } from '../shell/tab-title.js';
import { useRowCursor } from '../shortcuts/use-row-cursor.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { SearchField } from '../states/search-field.js';
import { Tabs } from '../states/tabs.js';
import { apiSearch } from '../states/url-filters.js';
import { useFilters } from '../states/use-filters.js';
import { usePages } from '../states/use-pages.js';
import { AlertRow } from './alert-row.js';
import { useAlertSteps } from './use-alert-steps.js';

const STATES = [
  { value: 'open,seen', word: '待处置' },
  { value: 'confirmed', word: '已定级' },
  { value: 'false-alarm', word: '误报' },
  { value: 'open,seen,confirmed,false-alarm', word: '全部' },
] as const;
const DEFAULTS = { state: 'open,seen', sort: 'newest' };
const NAMES = ['q', 'state', 'severity', 'from', 'to', 'sort'] as const;
const keyOf = (alert: AlertView) => alert.id;

/** 预警: every alert, those that wait for a decision first. */
export default function AlertsPage() {
  usePageTitle('预警');
  const { filters, change, clear } = useFilters(NAMES, DEFAULTS);
  const search = apiSearch(filters);
  const list = usePages(alertsQuery(search));
  return (
    <div className="page-fixed">
      <div className="page-head">
        <h1>预警</h1>
        <Tabs
          label="状态"
          choices={STATES}
          value={filters.state as (typeof STATES)[number]['value']}
          onChange={(state) => change({ state })}
        />
        <span className="push opinions-tools">
          <Link to="/thresholds" className="plain-button" data-testid="to-thresholds">
            预警规则
          </Link>
          <Tabs
            label="排序"
            choices={[
              { value: 'newest', word: '按时间' },
              { value: 'severity', word: '按级别' },
            ]}
            value={filters.sort}
            onChange={(sort) => change({ sort })}
          />
        </span>
      </div>
      <div className="filter-bar" role="search" aria-label="筛选">
        <SearchField value={filters.q} onSearch={(q) => change({ q })} placeholder="搜索标题、地点、单位" testId="alerts-search" />
        <Select
          allowClear
          placeholder="级别"
          aria-label="级别"
          style={{ width: 120 }}
          value={filters.severity === '' ? undefined : filters.severity}
          onChange={(severity?: string) => change({ severity: severity ?? '' })}
          options={SEVERITIES.map((value) => ({ value, label: `${SEVERITY_MARKS[value].numeral}级 ${SEVERITY_MARKS[value].word}` }))}
        />
        <DaysField from={filters.from} to={filters.to} onChange={change} words={['发出自', '至']} />
      </div>
      {list.items === undefined ? (
        list.error === null ? (
          <Loading lines={8} />
        ) : (
          <Failure error={list.error} what="预警" onRetry={list.retry} />
        )
      ) : (
        <AlertList
          key={search}
          alerts={list.items}
          hasMore={list.hasMore}
          onMore={list.more}
          onClear={clear}
          waiting={
            filters.state === DEFAULTS.state && filters.q === '' && filters.severity === '' && filters.from === '' && filters.to === ''
          }
        />
      )}
    </div>
  );
}

interface AlertListProps {
  alerts: AlertView[];
  hasMore: boolean;
  onMore: () => void;
  onClear: () => void;
  /** True where nothing but the waiting ones was asked for. */
  waiting: boolean;
}

function AlertList({ alerts, hasMore, onMore, onClear, waiting }: AlertListProps) {
  const { rows, fresh, release, isNew } = useHeldBack(alerts, keyOf);
  const steps = useAlertSteps();
  const navigate = useNavigate();
  const cursor = useRowCursor(rows, keyOf, {
    onOpen: (alert) => void navigate(`/alerts/${alert.id}`),
    onAcknowledge: (alert) => alert.state === 'open' && steps.seen(alert),
    onFalseAlarm: steps.falseAlarm,
  });
  return (
    <div className="list-sheet" data-testid="alerts-list">
      {fresh.length > 0 && (
        <button type="button" className="fresh-bar" onClick={release} data-testid="fresh-alerts">
          {fresh.length} 条新预警
        </button>
      )}
      <div className="panel-rows">
        {rows.length === 0 &&
          (waiting ? (
            <Empty title="没有待处置的预警" />
          ) : (
            <Empty title="没有符合条件的预警">
              换个条件，或{' '}
              <button type="button" className="plain-button" onClick={onClear}>
                清除条件
              </button>
            </Empty>
          ))}
        {rows.map((alert) => (
          <AlertRow key={alert.id} alert={alert} steps={steps} isOn={cursor.isOn(alert)} isNew={isNew(alert)} />
        ))}
        {hasMore && (
          <button type="button" className="panel-more plain-more" onClick={() => (onMore(), release())}>
            更多
          </button>
        )}
      </div>
      {steps.dialogs}
    </div>
  );
}
