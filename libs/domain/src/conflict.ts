import { localTimeText } from './local-time.js';

/** Who did what when, told to the one who came second. */
export interface Conflict {
  by: string;
  /** ISO instant. */
  at: string;
  what: string;
}

/** 「该任务已签收：张伟 签收（2026-02-14 14:05）」 where it is known who came first. */
export function told(said: string, conflict?: Conflict): string {
  return conflict ? `${said}：${conflict.by} ${conflict.what}（${localTimeText(new Date(conflict.at))}）` : said;
}
