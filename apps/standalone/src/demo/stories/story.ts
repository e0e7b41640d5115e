import type { ActStep } from '../demo-step.js';
import type { Call } from '../texts/written.js';

/** Something published, before it has a number and a page. */
export interface Post {
  at: Date;
  sourceId: string;
  title: string;
  text: string;
  author: string | null;
  /** Set on the one opinion that starts the story. */
  storyKey?: string;
}

/** A call, before it has an order number. */
export interface CallIn extends Call {
  at: Date;
  storyKey?: string;
}

/** An official page (权威信息): what proves that a clock was met. */
export interface OfficialPage {
  path: string;
  title: string;
  publisher: string;
  publishedAt: Date;
  paragraphs: string[];
}

/** A scripted story: what people said, what offices did, what was published. */
export interface Story {
  posts: Post[];
  calls: CallIn[];
  acts: ActStep[];
  pages: OfficialPage[];
}

/** The instant so long after the story began. */
export type After = (hours: number, minutes?: number) => Date;

const WEIBO_TITLE_LENGTH = 30;

/** A weibo has no title: its first words stand in, as aggregators do. */
export function weibo(at: Date, text: string, author: string, storyKey?: string): Post {
  const letters = [...text];
  const title = letters.length > WEIBO_TITLE_LENGTH ? `${letters.slice(0, WEIBO_TITLE_LENGTH - 1).join('')}…` : text;
  return { at, sourceId: 'wangchuan-weibo', title, text, author, ...(storyKey ? { storyKey } : {}) };
}
