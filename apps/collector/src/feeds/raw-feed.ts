import type { Markup } from './text-construct.js';

/** A feed of whatever format, before its dates and texts are judged. */
export interface RawFeed {
  /** May be HTML, as every title here. */
  title: string;
  link: string | null;
  summary: Markup | null;
  author: string | null;
  language: string | null;
  /** Dates as they are written, the most trusted first. */
  updated: string[];
  entries: RawEntry[];
}

export interface RawEntry {
  id: string | null;
  title: string;
  link: string | null;
  summary: Markup | null;
  content: Markup | null;
  author: string | null;
  published: string[];
  updated: string[];
}
