import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import type { AlertDetail, ReviewView } from '@huiying/contracts/http';
import { filtersQuery, reviewsQuery } from '../api/queries.js';
import { steps } from '../api/steps.js';
import { useStep } from '../api/use-step.js';
import { useSession } from '../session/session.js';
import { fullTime } from '../time/beijing.js';
import { joinedValue, reviewQuestions, type ReviewedAspect, type ReviewQuestion } from './review-words.js';
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
  question,
  review,
  busy,
  onSay,
}: {
  question: ReviewQuestion;
  review: ReviewView | undefined;
  busy: boolean;
  onSay: ((value: string) => void) | null;
}) {
  const { aspect, word, value, said, isUnsure, next = [], takesSeveral } = question;
  const changed = review !== undefined && review.now !== value ? review.now : null;
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
          {next.map((one) => (
            <button key={one.value} type="button" className="plain-button" disabled={busy} onClick={() => onSay(one.value)}>
              改为{one.label}
            </button>
          ))}
          {takesSeveral ? (
            <SeveralChoice question={question} changed={changed} busy={busy} onSay={onSay} />
          ) : (
            <Select
              {...CHOICE}
              showSearch={{ optionFilterProp: 'label' }}
              aria-label={`${word}改为`}
              disabled={busy}
              value={changed}
              options={question.choices.filter((choice) => choice.value !== value)}
              onChange={onSay}
            />
          )}
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

const CHOICE = { size: 'small', style: { width: 150 }, placeholder: '改为…' } as const;
const MOST = 5;

/** Several bodies, said when the list is closed: a half-made choice is no word of an officer. */
function SeveralChoice({
  question: { word, value, choices },
  changed,
  busy,
  onSay,
}: {
  question: ReviewQuestion;
  changed: string | null;
  busy: boolean;
  onSay: (value: string) => void;
}) {
  const [chosen, setChosen] = useState<string[] | null>(null);
  const said = (changed ?? '').split(',').filter((id) => choices.some((choice) => choice.value === id));
  return (
    <Select
      {...CHOICE}
      mode="multiple"
      maxCount={MOST}
      maxTagCount={0}
      maxTagPlaceholder={(left) => `改为 ${left.length} 个`}
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={`${word}改为`}
      disabled={busy}
      value={chosen ?? said}
      options={choices}
      onChange={setChosen}
      onOpenChange={(isOpen) => {
        if (isOpen || chosen === null) return;
        if (joinedValue(chosen) !== (changed ?? value)) onSay(joinedValue(chosen));
        setChosen(null);
      }}
    />
  );
}
