import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { progressQuery } from './report-queries.js';

/** Shorter waits are not told of. */
const UNNOTICED_MS = 600;

/** What is being counted and how much is left, while a report is made. */
export function ReportProgress() {
  const { data: part } = useQuery(progressQuery);
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), UNNOTICED_MS);
    return () => clearTimeout(timer);
  }, []);
  if (part === null || !isLong) return null;
  return (
    <p className="report-progress" role="status" data-testid="report-progress">
      正在统计{part.doing}（{part.done + 1}/{part.of}）
      <progress value={part.done} max={part.of} />
    </p>
  );
}
