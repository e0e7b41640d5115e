import { useEffect, useState } from 'react';

/** Grey lines in the shape of a list, shown only when the wait is long enough to notice. */
export function Loading({ lines = 6, label = '正在读取' }: { lines?: number; label?: string }) {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setVisible(true), 120);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={`loading${visible ? '' : ' loading-hidden'}`} role="status" aria-label={label} data-testid="loading">
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className="loading-line" style={{ width: `${92 - ((line * 17) % 40)}%` }} />
      ))}
    </div>
  );
}
