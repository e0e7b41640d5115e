export { readFeedDate, readZone, type ZoneMinutes } from './feed-date.js';
export { identityOf, parseFeed, TEXT_MOST, TITLE_MOST, type FeedItem, type ReadFeed, type UnreadableFeed } from './parse-feed.js';
export { plainLine, plainText } from './plain-text.js';
