import robotsParser from 'robots-parser';
import { decodeDocument, type FetchAnswer, type FetchFailure } from '@huiying/fetching';

/** Our name in robots.txt. */
export const ROBOT_NAME = 'Huiying';

/** What a site's robots.txt says to us. */
export interface RobotRules {
  isAllowed(url: string): boolean;
  /** Seconds between two requests that the site asks for. */
  crawlDelay: number | null;
}

const EVERYTHING: RobotRules = { isAllowed: () => true, crawlDelay: null };
/** RFC 9309 2.5: parsers may stop after 500 KiB. */
const MOST_CHARACTERS = 500 * 1024;
/** A site may ask for patience, not for being forgotten. */
const LONGEST_DELAY_SECONDS = 30;

/**
 * The rules in an answer to /robots.txt (RFC 9309 2.3.1): none where there is no such file, the failure where the site cannot say now.
 * @param url of robots.txt
 */
export function robotRules(url: string, answer: FetchAnswer): RobotRules | FetchFailure {
  if (answer.outcome === 'failed') return isNoSuchFile(answer) ? EVERYTHING : answer;
  if (answer.outcome !== 'fetched') return EVERYTHING;
  const text = decodeDocument(answer.bytes, answer.contentType).text.slice(0, MOST_CHARACTERS);
  // Many sites answer every address with their home page.
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(text)) return EVERYTHING;
  const robots = robotsParser(url, text);
  const delay = robots.getCrawlDelay(ROBOT_NAME);
  return {
    isAllowed: (address) => robots.isAllowed(address, ROBOT_NAME) !== false,
    crawlDelay: delay === undefined || !(delay > 0) ? null : Math.min(delay, LONGEST_DELAY_SECONDS),
  };
}

function isNoSuchFile({ status }: FetchFailure): boolean {
  return status !== null && status >= 400 && status < 500 && status !== 429;
}
