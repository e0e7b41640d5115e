import { queryOptions, useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { SEARCH_AT_MOST, type AuditorView, type RulesView, type RuleView } from '@huiying/contracts/http';
import { ask } from '../api/request.js';
import { useSession } from '../session/session.js';
import { usePageTitle } from '../shell/tab-title.js';
import { download, toCsv } from '../states/csv.js';
import { Empty } from '../states/empty.js';
import { Failure } from '../states/failure.js';
import { Loading } from '../states/loading.js';
import { Tabs } from '../states/tabs.js';
import { fullTime } from '../time/beijing.js';
import { RuleRow, StandardRow } from './rule-row.js';
import '../calendar/calendar.css';
import './rules.css';

const SupplementDrawer = lazy(() => import('./supplement-drawer.js'));

const rulesQuery = queryOptions({
  queryKey: ['rules'],
  queryFn: ({ signal }) => ask<RulesView>('GET', '/api/rules', undefined, signal),
});
const auditorQuery = queryOptions({
  queryKey: ['auditor'],
  queryFn: ({ signal }) => ask<AuditorView>('GET', '/api/auditor', undefined, signal),
  refetchInterval: 60_000,
});

type Part = '' | 'samples' | 'versions' | 'standards';

/** 时限规则: which clock runs how long from when, by which document, and how sure that is. */
export default function RulesPage() {
  usePageTitle('时限规则');
  const { data: view, error, refetch } = useQuery(rulesQuery);
  if (view === undefined)
    return error === null ? <Loading lines={8} /> : <Failure error={error} what="时限规则" onRetry={() => void refetch()} />;
  return <Rules view={view} />;
}

function Rules({ view }: { view: RulesView }) {
  const { person } = useSession();
  const [params, setParams] = useSearchParams();
  const [isEntering, setEntering] = useState(false);
  const part = (params.get('part') ?? '') as Part;
  const words = params.get('q') ?? '';
  const set = (name: string, value: string) =>
    setParams((old) => {
      if (value === '') old.delete(name);
      else old.set(name, value);
      return old;
    });
  const found = <T extends { id: string; name: string; document: string; text: string }>(all: readonly T[]) =>
    all.filter(({ id, name, document, text }) => `${id}${name}${document}${text}`.toLowerCase().includes(words.trim().toLowerCase()));
  const parts = partsOf(view.rules);
  const rules = part === 'standards' ? [] : found(parts[part === '' ? 'held' : part]);
  const standards = part === 'standards' ? found(view.standards) : [];
  return (
    <div className="page-fixed">
      <div className="page-head">
        <h1>时限规则</h1>
        <AuditorLine />
        <span className="page-head-rest" />
        <Button onClick={() => exportRules(view.rules, words)}>导出</Button>
        {person.role === 'administrator' && (
          <Button type="primary" onClick={() => setEntering(true)} data-testid="open-supplement">
            本市补充规则
          </Button>
        )}
      </div>
      {view.outdatedClockCount > 0 && (
        <p className="decision rules-outdated" data-testid="outdated-clocks">
          有 {view.outdatedClockCount} 个在办时限按改动前的规则起算，不会自行变动；管理员可在“本市补充规则”中预演并确认调整。
        </p>
      )}
      <div className="rules-filter">
        <Tabs
          label="规则范围"
          value={part}
          onChange={(value) => set('part', value)}
          choices={[
            { value: '' as Part, word: '在用', count: parts.held.length },
            { value: 'standards' as Part, word: '要求（不计时）', count: view.standards.length },
            { value: 'samples' as Part, word: '外地样例、未采用', count: parts.samples.length },
            { value: 'versions' as Part, word: '被本市收紧的上级规则、旧版', count: parts.versions.length },
          ]}
        />
        <Input.Search
          allowClear
          maxLength={SEARCH_AT_MOST}
          placeholder="编号、名称、文号、条文"
          aria-label="查找规则"
          defaultValue={words}
          onSearch={(value) => set('q', value)}
        />
      </div>
      <div className="list-sheet rules-list" data-testid="rules-list">
        {rules.length + standards.length === 0 && <Empty title="没有符合的规则">换个词或换一类再找。</Empty>}
        {rules.map((rule) => (
          <RuleRow key={`${rule.id}${rule.version}${rule.jurisdiction}`} rule={rule} />
        ))}
        {standards.map((standard) => (
          <StandardRow key={standard.id} standard={standard} />
        ))}
      </div>
      {isEntering && (
        <Suspense fallback={null}>
          <SupplementDrawer view={view} onClose={() => setEntering(false)} />
        </Suspense>
      )}
    </div>
  );
}

function AuditorLine() {
  const { data: auditor } = useQuery(auditorQuery);
  if (auditor === undefined || auditor.passedAt === null) return null;
  const words = auditor.isClean ? '应触发的都已触发' : `发现 ${auditor.findings.length} 处并已处理，见各舆情单时间线`;
  return (
    <span
      className={auditor.isClean ? 'quiet' : 'state state-wrong'}
      title={auditor.findings.map(({ text }) => text).join('\n')}
      data-testid="auditor-line"
    >
      时钟巡检 {fullTime(auditor.passedAt)}：{words}
    </span>
  );
}

function partsOf(rules: readonly RuleView[]): Record<'held' | 'samples' | 'versions', RuleView[]> {
  const order = ['OP', 'TK', 'PI', 'HL', 'MB', 'GI'];
  const rank = ({ id }: RuleView) => (order.indexOf(id.slice(0, 2)) + order.length + 1) % (order.length + 1);
  const sorted = [...rules].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  return {
    held: sorted.filter(({ isInForce, isAdopted }) => isInForce && isAdopted),
    samples: sorted.filter(({ isInForce, isAdopted }) => isInForce && !isAdopted),
    versions: sorted.filter(({ isInForce }) => !isInForce),
  };
}

function exportRules(rules: readonly RuleView[], words: string): void {
  const columns = [
    '编号',
    '名称',
    '层级',
    '版本',
    '状态',
    '起算',
    '长度',
    '截止',
    '责任',
    '预警',
    '文号',
    '条款',
    '核对情况',
    '生效',
    '条文',
  ];
  const rows = rules.map((rule) => [
    ...[rule.id, rule.name, rule.jurisdiction, rule.version, !rule.isAdopted ? '未采用' : rule.isInForce ? '在用' : '不在用'],
    ...[rule.startsFrom, rule.length, rule.cutoff, rule.owner, rule.warnings.join('、')],
    ...[rule.document, rule.clause, rule.certainty, rule.effectiveFrom, rule.text],
  ]);
  download('时限规则.csv', toCsv([`时限规则${words === '' ? '' : `（查找：${words}，导出为全部）`}`], columns, rows));
}
