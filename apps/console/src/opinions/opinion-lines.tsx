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

/** The opinions of a story, one line each. */
export function OpinionLines({ opinions }: { opinions: readonly OpinionLine[] }) {
  return (
    <ul className="opinion-lines">
      {opinions.map((opinion) => (
        <li key={opinion.id}>
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
    </ul>
  );
}
