import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { filtersQuery } from '../api/queries.js';
import { SEVERITIES, SEVERITY_MARKS } from '../marks/labels.js';
import { narrowing } from '../states/url-filters.js';
import { DaysField } from './days-field.js';
import type { OpinionFilter } from './filter-names.js';

interface FilterBarProps {
  filters: Record<OpinionFilter, string>;
  onChange: (change: Partial<Record<OpinionFilter, string>>) => void;
  onClear: () => void;
}

interface Choice {
  name: OpinionFilter;
  word: string;
  options: { value: string; label: string }[];
}

const VERDICTS = [
  { value: 'flagged', label: '政务舆情' },
  { value: 'not-flagged', label: '非政务舆情' },
];

/** What narrows the list. Every choice goes to the address at once. */
export function FilterBar({ filters, onChange, onClear }: FilterBarProps) {
  const { data } = useQuery(filtersQuery);
  const choices: Choice[] = [
    { name: 'verdict', word: '研判结果', options: VERDICTS },
    {
      name: 'severity',
      word: '级别',
      options: SEVERITIES.map((value) => ({ value, label: `${SEVERITY_MARKS[value].numeral}级 ${SEVERITY_MARKS[value].word}` })),
    },
    { name: 'topic', word: '主题', options: (data?.topics ?? []).map(({ code, name }) => ({ value: code, label: name })) },
    { name: 'department', word: '责任单位', options: (data?.departments ?? []).map(({ id, name }) => ({ value: id, label: name })) },
    { name: 'channel', word: '渠道', options: data?.channels ?? [] },
    { name: 'source', word: '信源', options: (data?.sources ?? []).map(({ id, name }) => ({ value: id, label: name })) },
  ];
  return (
    <div className="filter-bar" role="search" aria-label="筛选">
      {choices.map(({ name, word, options }) => (
        <Select
          key={name}
          allowClear
          showSearch={options.length > 8 ? { optionFilterProp: 'label' } : false}
          popupMatchSelectWidth={false}
          placeholder={word}
          aria-label={word}
          className={`filter filter-${name}`}
          value={filters[name] === '' ? undefined : filters[name]}
          onChange={(value?: string) => onChange({ [name]: value ?? '' })}
          options={options}
          data-testid={`filter-${name}`}
        />
      ))}
      <DaysField from={filters.from} to={filters.to} onChange={onChange} />
      {narrowing(filters) > 0 && (
        <button type="button" className="plain-button" onClick={onClear} data-testid="filters-clear">
          清除条件
        </button>
      )}
    </div>
  );
}
