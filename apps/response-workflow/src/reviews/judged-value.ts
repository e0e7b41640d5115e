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
  }
}

/** Whether a value may be said of the part. */
export function isValue(aspect: ReviewedAspect, value: string, city: CityBook): boolean {
  switch (aspect) {
    case 'topic':
      return city.parts.topics.some(({ code }) => code === value);
    case 'department':
      return city.knowsDepartment(value);
    case 'severity':
      return value in SEVERITY_NAMES;
    default:
      return value === 'yes' || value === 'no';
  }
}

const YES_NO: Partial<Record<ReviewedAspect, Record<string, string>>> = {
  'public-opinion': { yes: '是政务舆情', no: '不是政务舆情' },
  rumour: { yes: '像传言', no: '不像传言' },
};

/** The value as people call it. */
export function valueName(aspect: ReviewedAspect, value: string | null, city: CityBook): string {
  if (value === null) return '未判';
  if (aspect === 'topic') return city.parts.topics.find(({ code }) => code === value)?.name ?? value;
  if (aspect === 'department') return city.departmentName(value);
  if (aspect === 'severity') return `${value}级（${SEVERITY_NAMES[value as SeverityLevel] ?? value}）`;
  return YES_NO[aspect]?.[value] ?? value;
}
