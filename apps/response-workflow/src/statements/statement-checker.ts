import type { StatementChecks } from '@huiying/contracts/http';
import { secrecyHits } from '@huiying/domain';
import { contradictionsOf, questionsIn, unansweredIn } from '@huiying/text';
import { JudgedOpinions, Statements, type Queries } from '@huiying/persistence';

/** The newest opinions of a story that are searched for questions. */
const OPINIONS_READ = 200;
const EARLIER_READ = 30;
const QUESTIONS_SHOWN = 12;
/** How far back statements of the same topic are compared. */
const TOPIC_DAYS = 365;

/** Of which case a text is to be said. */
export interface CheckedMatter {
  caseId: string;
  storyId: string;
  topicCode: string | null;
}

/** What a draft must be looked at for: open questions, contradictions with what was published, marks of secrecy. Reads only. */
export async function checkStatement(on: Queries, matter: CheckedMatter, text: string, now: Date): Promise<StatementChecks> {
  const opinions = await new JudgedOpinions(on).ofStory(matter.storyId, OPINIONS_READ);
  const since = new Date(now.getTime() - TOPIC_DAYS * 86_400_000);
  const earlier = await new Statements(on).publishedOn(matter.caseId, matter.topicCode, since, EARLIER_READ);
  const questions = questionsIn(opinions.map((one) => ({ id: one.id, text: `${one.title}\n${one.text}` })));
  const contradictions = contradictionsOf(
    text,
    earlier.map((one) => ({ id: one.id, title: one.title, text: one.text, isSameMatter: one.caseId === matter.caseId })),
  );
  return {
    unanswered: unansweredIn(questions, text)
      .slice(0, QUESTIONS_SHOWN)
      .map(({ text: asked, said, askedIn }) => ({ text: asked, said, askedBy: askedIn.length, opinionIds: askedIn.slice(0, 5) })),
    contradictions: contradictions.map(({ claim, earlier: before, earlierId, earlierTitle, isExplained, said }) => ({
      said,
      value: claim.value,
      earlierValue: before.value,
      earlierId,
      earlierTitle,
      isExplained,
    })),
    secrecy: secrecyHits(text),
  };
}

/** What the one who approves must say something about. */
export function openPoints({ unanswered, contradictions }: StatementChecks): string[] {
  return [
    ...contradictions.filter((one) => !one.isExplained).map((one) => one.said),
    ...unanswered.map((one) => `公众询问“${one.text}”${one.said}`),
  ];
}
