import type { Judgement, ReviewedAspect } from '@huiying/contracts';
import { SEVERITY_NAMES, type SeverityLevel } from '@huiying/domain';
import type { CityBook } from '../city/index.js';

/** What the machine said of one part, as a review writes it; null where it said nothing. Pure. */
export function judgedValue(aspect: ReviewedAspect, judgement: Judgement): string | null {
  switch (aspect) {
    case 'topic':
      return judgement.topic?.code ?? null;
    case 'department':
      return judgement.departments.find(({ role }) => role === 'lead')?.departmentId ?? null;
    case 'severity':
      return judgement.severity.level;
    case 'public-opinion':
      return judgement.publicOpinion.verdict ? 'yes' : 'no';
    case 'rumour':
      return judgement.rumour ? 'yes' : 'no';
    case 'jurisdiction':
      return judgement.jurisdiction.verdict;
    case 'co-departments':
      return joined(judgement.departments.filter(({ role }) => role === 'co').map(({ departmentId }) => departmentId));
    case 'sentiment':
      return judgement.sentiment.label;
    case 'disposition':
      return judgement.disposition?.class ?? NONE;
  }
}

/** Nothing is a value too: that no other body helps may be right. */
const NONE = 'none';
const MOST_CO = 5;

/** In order of the alphabet, so that the same bodies are the same value. */
function joined(ids: readonly string[]): string {
  return ids.length === 0 ? NONE : [...ids].sort().join(',');
}

/** Whether a value may be said of the part. */
export function isValue(aspect: ReviewedAspect, value: string, city: CityBook): boolean {
  switch (aspect) {
    case 'topic':
      return city.parts.topics.some(({ code }) => code === value);
    case 'department':
      return city.knowsDepartment(value);
    case 'co-departments':
      return isListOfDepartments(value, city);
    case 'severity':
      return Object.hasOwn(SEVERITY_NAMES, value);
    case 'disposition':
      return Object.hasOwn(VALUE_NAMES.disposition, value);
    case 'jurisdiction':
      return value === 'ours' || value === 'not-ours'; // unsure is no answer of an officer
    default:
      return Object.hasOwn(VALUE_NAMES[aspect], value);
  }
}

function isListOfDepartments(value: string, city: CityBook): boolean {
  if (value === NONE) return true;
  const ids = value.split(',');
  return ids.length <= MOST_CO && value === joined([...new Set(ids)]) && ids.every((id) => city.knowsDepartment(id));
}

const VALUE_NAMES = {
  jurisdiction: { ours: '本市的事', 'not-ours': '不是本市的事', unsure: '属地不明' },
  'public-opinion': { yes: '是政务舆情', no: '不是政务舆情' },
  rumour: { yes: '像传言', no: '不像传言' },
  sentiment: { negative: '负面', neutral: '中性', positive: '正面' },
  disposition: {
    constructive: '建设性意见',
    difficulty: '实际困难',
    'grave-problem': '重大问题',
    unclear: '模糊认识',
    mistaken: '错误看法',
    none: '不作处置分类',
  },
} satisfies Partial<Record<ReviewedAspect, Record<string, string>>>;

/** The value as people call it. */
export function valueName(aspect: ReviewedAspect, value: string | null, city: CityBook): string {
  if (value === null) return '未判';
  if (aspect === 'topic') return city.parts.topics.find(({ code }) => code === value)?.name ?? value;
  if (aspect === 'department') return city.departmentName(value);
  if (aspect === 'severity') return `${value}级（${SEVERITY_NAMES[value as SeverityLevel] ?? value}）`;
  if (aspect === 'co-departments') return value === NONE ? '无协办' : value.split(',').map((id) => city.departmentName(id)).join('、'); // prettier-ignore
  return (VALUE_NAMES[aspect] as Record<string, string>)[value] ?? value;
}
