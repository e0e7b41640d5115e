import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fileFault, frontDoor, sayLines, WrongUsage } from '@huiying/tables/lines';
import { readFeed, type FeedEntry, type ParsedFeed, type UnreadableFeed } from './parse-feed.js';
import { safeHtml } from './safe-html.js';

const USAGE = `用法：npm run --silent parse:feed -- 文件… [--content-type 类型] [--url 地址]
  文件            订阅源文件（RSS、RDF、Atom、JSON Feed）；每个文件输出一行 JSON
  --content-type  HTTP 响应头 Content-Type，如 text/xml; charset=gbk
  --url           文件的来源地址：相对链接由此补全，.cn 主机上未写时区的时间按北京时间`;

/** How many files between two words on standard error. */
const TELL_EVERY = 500;

/**
 * `npm run parse:feed -- FILE…`: one line of JSON per file, in order. Ends with 0 when every file was a feed, 1 when one could not be
 * opened or was none (each is named on standard error), 2 when nothing was asked for.
 */
async function main(args: string[]): Promise<number> {
  const { values, positionals: files } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'content-type': { type: 'string' }, url: { type: 'string' } },
  });
  if (files.length === 0) throw new WrongUsage();
  if (values.url !== undefined && !URL.canParse(values.url)) {
    console.error(`--url：应为完整地址，收到“${values.url}”`);
    return 2;
  }
  const about = { contentType: values['content-type'] ?? null, url: values.url ?? null };
  const [tally, before] = [{ feeds: 0 }, performance.now()];
  for (const [i, file] of files.entries()) {
    await sayLines([await lineOf(file, about, tally)]);
    if ((i + 1) % TELL_EVERY === 0) console.error(`${i + 1} / ${files.length}`);
  }
  console.error(`共 ${files.length} 个文件，${tally.feeds} 个订阅源（${((performance.now() - before) / 1_000).toFixed(1)} 秒）`);
  return tally.feeds < files.length ? 1 : 0;
}

async function lineOf(file: string, about: { contentType: string | null; url: string | null }, tally: { feeds: number }) {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    console.error(fileFault(error as Error, file).message);
    return { file, ...nothing(`the file could not be opened: ${code}`) };
  }
  // What fails on one document must not cost the others; a feed never should (parse-feed.spec.ts).
  const feed = await readFeed({ bytes, ...about }, null).catch((error: Error) => {
    return { outcome: 'unreadable', reason: `unexpected: ${error.message}` } as UnreadableFeed;
  });
  if (feed.outcome === 'unreadable') {
    console.error(`${file}: must be a feed; ${feed.reason}`);
    return { file, ...nothing(feed.reason) };
  }
  tally.feeds++;
  return { file, ...spoken(feed) };
}

const nothing = (problem: string) => ({
  feed: { title: null, link: null, description: null, author: null, updatedAt: null },
  items: [],
  problems: [problem],
});

function spoken({ title, link, description, author, updatedAt, entries, problems }: ParsedFeed) {
  return {
    feed: { title: title || null, link, description: description || null, author, updatedAt },
    items: entries.map(itemOf),
    problems,
  };
}

function itemOf({ id, title, link, summary, content, author, publishedAt, updatedAt }: FeedEntry) {
  const [safeSummary, safeContent] = [summary && safeHtml(summary), content && safeHtml(content)];
  return { id, title: title || null, link, summary: safeSummary || null, content: safeContent || null, author, publishedAt, updatedAt };
}

frontDoor(main, { usage: USAGE });
