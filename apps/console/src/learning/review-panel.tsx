import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { AlertDetail, ReviewView } from '@huiying/contracts/http';
import { filtersQuery, reviewsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { fullTime } from '../time/beijing.js';
import { reviewQuestions, type ReviewedAspect, type ReviewQuestion } from './review-words.js';
import './learning.css';

/** 研判复核: is it right? One click says so, one choice says what is. Kept, and learned from. */
export function ReviewPanel({ opinionId, judgement }: { opinionId: string; judgement: AlertDetail['judgement'] }) {
  const { data: choices } = useQuery(filtersQuery);
  const { data: reviews } = useQuery(reviewsQuery(opinionId));
  const { role } = useSession().person;
  const mayReview = role === 'duty-officer' || role === 'supervisor';
  const step = useStep({
    run: ({ aspect, value }: { aspect: ReviewedAspect; value: string }) => steps.review(opinionId, { aspect, value }),
    done: '已记下，下次学习时采用',
    touches: ['reviews', 'quality'],
  });
  return (
    <section className="review" aria-label="研判复核" data-testid="review-panel">
      {reviewQuestions(judgement, choices).map((question) => (
        <Question
          key={question.aspect}
          question={question}
          review={reviews?.find(({ aspect }) => aspect === question.aspect)}
          busy={step.isPending}
          onSay={mayReview ? (value) => step.mutate({ aspect: question.aspect, value }) : null}
        />
      ))}
    </section>
  );
}

function Question({
  question: { aspect, word, value, said, isUnsure, choices },
  review,
  busy,
  onSay,
}: {
  question: ReviewQuestion;
  review: ReviewView | undefined;
  busy: boolean;
  onSay: ((value: string) => void) | null;
}) {
  return (
    <div className="review-row" data-testid={`review-${aspect}`}>
      <span className="quiet">{word}</span>
      <span className="review-said">
        {said}
        {isUnsure && review === undefined && <b className="review-unsure">拿不准，请确认</b>}
      </span>
      {onSay !== null && (
        <span className="review-acts no-print">
          {value !== null && (
            <button
              type="button"
              className="plain-button"
              disabled={busy}
              aria-pressed={review?.now === value}
              onClick={() => onSay(value)}
            >
              无误
            </button>
          )}
          <Select
            size="small"
            style={{ width: 150 }}
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="改为…"
            aria-label={`${word}改为`}
            disabled={busy}
            value={review !== undefined && review.now !== value ? review.now : null}
            options={choices.filter((choice) => choice.value !== value)}
            onChange={(now: string) => onSay(now)}
          />
        </span>
      )}
      {review !== undefined && (
        <span className="small quiet review-by" title={fullTime(review.at)}>
          {review.now === review.was ? '无误' : `${review.wasName} → ${review.nowName}`} · {review.by}
        </span>
      )}
    </div>
  );
}
