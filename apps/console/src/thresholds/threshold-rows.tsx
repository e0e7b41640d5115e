import { Link } from 'react-router';
import type { ThresholdRowView } from '@huiying/contracts/http';
import { fullTime } from '../time/beijing.js';

const SOURCE_WORDS = { call: '热线', post: '帖文', news: '新闻' } as const;

/** What a rule counted, each a door. */
export function ThresholdRows({ rows }: { rows: readonly ThresholdRowView[] }) {
  return (
    <details>
      <summary className="small">{rows.length} 条信息</summary>
      <ul className="scheme-sample">
        {rows.map(({ id, title, source, sourceName, at }) => (
          <li key={id}>
            <Link to={`/opinions/${id}`}>{title}</Link>
            <span className="small quiet">
              {SOURCE_WORDS[source]} · {sourceName} · {fullTime(at)}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
