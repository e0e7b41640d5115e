/** Who did what when, told to the one who came second. */
export interface Conflict {
  by: string;
  at: string;
  what: string;
}

/** 「该任务已签收：张伟 已签收（14:05）」 where it is known who came first. */
export function told(said: string, conflict?: Conflict): string {
  return conflict ? `${said}：${conflict.by} ${conflict.what}（${conflict.at}）` : said;
}
