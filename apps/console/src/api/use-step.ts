import { useMutation, useQueryClient, type MutateOptions } from '@tanstack/react-query';
import { App } from 'antd';
import { useRef } from 'react';
import { sessionQuery } from '../session/session-query.js';
import { serverClock } from '../time/server-clock.js';
import { conflictNotice, failureKind, failureWords } from './problem-words.js';
import { Refused } from './request.js';

interface StepOptions<Input, Answer> {
  run: (input: Input) => Promise<Answer>;
  /** Said once it is done, e.g. 已签收. Null says nothing. */
  done: string | ((answer: Answer) => string) | null;
  /** Query nouns that this step makes stale. */
  touches: readonly string[];
  onDone?: (answer: Answer, input: Input) => void;
  /** Gets a bad-input refusal; answers true where it showed it beside its fields. */
  onBadInput?: (error: unknown) => boolean;
  /** Somebody else was first: a dialog closes, so that the new state is seen. */
  onConflict?: () => void;
}

/** A person's step: runs it, says so, renews what it touched; a conflict says who was first and shows the new state. */
export function useStep<Input, Answer>({ run, done, touches, onDone, onBadInput, onConflict }: StepOptions<Input, Answer>) {
  const client = useQueryClient();
  const { message, notification } = App.useApp();
  const renew = () => Promise.all(touches.map((noun) => client.invalidateQueries({ queryKey: [noun] })));
  const underWay = useRef<Input[]>([]);
  const mutation = useMutation({
    mutationFn: run,
    onSuccess: (answer: Answer, input: Input) => {
      if (done !== null) void message.success(typeof done === 'string' ? done : done(answer));
      void renew();
      onDone?.(answer, input);
    },
    onError: (error: Error) => {
      const kind = failureKind(error);
      if (kind === 'bad-input' && onBadInput?.(error) === true) return;
      if (kind !== 'conflict' || !(error instanceof Refused)) return void message.error(failureWords(error));
      void renew();
      onConflict?.();
      notification.warning({
        ...conflictNotice(error.problem, serverClock.now(), client.getQueryData(sessionQuery.queryKey)?.person.name),
        duration: 8,
        className: 'conflict-notice',
      });
    },
    onSettled: (_answer, _error, input: Input) => void (underWay.current = underWay.current.filter((one) => one !== input)),
  });
  /** The second click of a double one asks for the same step: it is not taken twice. */
  const mutate = (input: Input, options?: MutateOptions<Answer, Error, Input>): void => {
    if (underWay.current.some((one) => isSame(one, input))) return;
    underWay.current = [...underWay.current, input];
    (mutation.mutate as (input: Input, options?: MutateOptions<Answer, Error, Input>) => void)(input, options);
  };
  return { ...mutation, mutate };
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
