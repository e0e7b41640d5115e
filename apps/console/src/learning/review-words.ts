import type { ReviewRequest } from '@huiying/contracts/http';
import type { AlertDetail, FilterChoices } from '@huiying/contracts/http';

export type ReviewedAspect = ReviewRequest['aspect'];
type Judgement = AlertDetail['judgement'];

export interface ReviewQuestion {
  aspect: ReviewedAspect;
  word: string;
  /** What was judged, as a review says it; null where nothing was. */
  value: string | null;
  said: string;
  /** 拿不准: the system asks. */
  isUnsure: boolean;
  choices: { value: string; label: string }[];
}

export const ASPECT_WORDS: Record<ReviewedAspect, string> = {
  topic: '主题',
  department: '牵头单位',
  severity: '级别',
  'public-opinion': '政务舆情',
  rumour: '传言提示',
};

/** As the judging has it: below half nobody should act on the topic unasked. */
const SURE_FROM = 0.5;
const LEVELS = ['I', 'II', 'III', 'IV'].map((value) => ({ value, label: `${value}级` }));

/** What an officer can say of a judgement, in the order it is asked. */
export function reviewQuestions(judgement: Judgement, choices: FilterChoices | undefined): ReviewQuestion[] {
  const { topic, departments, severity, publicOpinion, rumour } = judgement;
  const lead = departments.find(({ role }) => role === 'lead');
  const yesNo = (yes: string, no: string) => [
    { value: 'yes', label: yes },
    { value: 'no', label: no },
  ];
  const question = (aspect: ReviewedAspect, rest: Omit<ReviewQuestion, 'aspect' | 'word' | 'isUnsure'> & { isUnsure?: boolean }) => ({
    aspect,
    word: ASPECT_WORDS[aspect],
    isUnsure: false,
    ...rest,
  });
  return [
    question('topic', {
      value: topic?.code ?? null,
      said: topic?.name ?? '未归类',
      isUnsure: topic === null || topic.score < SURE_FROM,
      choices: choices?.topics.map(({ code, name }) => ({ value: code, label: name })) ?? [],
    }),
    question('department', {
      value: lead?.departmentId ?? null,
      said: lead?.name ?? '未识别',
      isUnsure: lead === undefined,
      choices: choices?.departments.map(({ id, name }) => ({ value: id, label: name })) ?? [],
    }),
    question('severity', { value: severity.level, said: `${severity.level}级`, choices: LEVELS }),
    question('public-opinion', {
      value: publicOpinion.verdict ? 'yes' : 'no',
      said: publicOpinion.verdict ? '是' : '否',
      choices: yesNo('是政务舆情', '不是政务舆情'),
    }),
    question('rumour', { value: rumour ? 'yes' : 'no', said: rumour ? '像传言' : '未见', choices: yesNo('像传言', '不像传言') }),
  ];
}
