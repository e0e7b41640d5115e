export { readFeedDate, readZone, type ZoneMinutes } from './feed-date.js';
export { identityOf, parseFeed, type FeedItem, type ReadFeed } from './feed-items.js';
export { TEXT_MOST, TITLE_MOST, type UnreadableFeed } from './parse-feed.js';
