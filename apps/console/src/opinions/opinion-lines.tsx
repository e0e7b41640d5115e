import { useState } from 'react';
import { Link } from 'react-router';
import { channelWord, RELATION_WORDS } from '../marks/labels.js';
import { Ago } from '../time/moment.js';

interface OpinionLine {
  id: string;
  title: string;
  sourceName: string;
  channel?: string;
  publishedAt?: string | null;
  capturedAt: string;
  relation?: string;
}

/** Shown before somebody asks for the rest; print has them all. */
const FIRST = 8;

/** The opinions of a story, one line each. */
export function OpinionLines({ opinions }: { opinions: readonly OpinionLine[] }) {
  const [all, setAll] = useState(false);
  return (
    <ul className="opinion-lines">
      {opinions.map((opinion, at) => (
        <li key={opinion.id} className={!all && at >= FIRST ? 'opinion-rest' : undefined}>
          <Link to={`/opinions/${opinion.id}`} className="two-lines">
            {opinion.title}
          </Link>
          <span className="opinion-line-foot">
            <span>{opinion.sourceName}</span>
            {opinion.channel !== undefined && <span>{channelWord(opinion.channel)}</span>}
            {opinion.relation !== undefined && <span>{RELATION_WORDS[opinion.relation] ?? opinion.relation}</span>}
            <Ago at={opinion.publishedAt ?? opinion.capturedAt} />
          </span>
        </li>
      ))}
      {!all && opinions.length > FIRST && (
        <li>
          <button type="button" className="plain-button" onClick={() => setAll(true)}>
            显示全部 {opinions.length} 条
          </button>
        </li>
      )}
    </ul>
  );
}
