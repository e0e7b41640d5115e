import type { Severity } from '@huiying/contracts/http';

/**
 * The legal clocks a level sets going, for the officer to know before confirming. The server stamps the real ones
 * from the city's rules.
 */
export const CLOCKS_BY_LEVEL: Record<Severity, string> = {
  I: '5 小时内首次发布权威信息、24 小时内举行新闻发布会（国办发〔2016〕80号、61号）',
  II: '5 小时内首次发布权威信息、24 小时内举行新闻发布会（国办发〔2016〕80号、61号）',
  III: '48 小时内回应（国办发〔2016〕61号）',
  IV: '48 小时内回应（国办发〔2016〕61号）',
};

/** From when a level's clocks run, as the field of 事发时间 says it. @param firstSeen as people read it */
export function startWords(level: Severity, firstSeen: string): string {
  return level === 'I' || level === 'II'
    ? `与发现时间取早者起算；不填按首次发现 ${firstSeen} 起算。`
    : `本级时限自首次发现 ${firstSeen} 起算，不因事发时间提前。`;
}
