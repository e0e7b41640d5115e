import { fullTime } from './beijing.js';
import { useNow } from './use-now.js';
import { agoWords } from './words.js';

/** An instant as people say it, exact on hover. */
export function Ago({ at }: { at: string }) {
  const now = useNow(20_000);
  return (
    <time dateTime={at} title={fullTime(at)}>
      <span className="ago-word">{agoWords(at, now)}</span>
      <span className="print-only-inline">{fullTime(at)}</span>
    </time>
  );
}
