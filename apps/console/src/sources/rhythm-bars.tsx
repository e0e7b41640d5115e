import { spanWords } from '../time/words.js';

/** How often something new came, hour by hour over the last two days. */
export function RhythmBars({ arrivals, every }: { arrivals: readonly number[]; every: number | null }) {
  const most = Math.max(1, ...arrivals);
  const words = every === null ? '规律尚在学习' : `约每 ${spanWords(every)}`;
  return (
    <span className="rhythm">
      <svg
        className="rhythm-bars"
        viewBox={`0 0 ${Math.max(1, arrivals.length) * 3} 20`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`近 48 小时更新，${words}`}
      >
        <title>{`近 48 小时每小时有新内容的次数；${words}有新内容`}</title>
        {arrivals.map((count, hour) => {
          const height = count === 0 ? 1 : Math.max(3, (count / most) * 20);
          return (
            <rect
              key={hour}
              x={hour * 3}
              width={2}
              y={20 - height}
              height={height}
              className={count === 0 ? 'rhythm-none' : 'rhythm-some'}
            />
          );
        })}
      </svg>
      <span className="small quiet">{words}</span>
    </span>
  );
}
