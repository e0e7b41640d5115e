export { CollectorModule, type CollectorOptions } from './collector.module.js';
export { CollectorService, type HandedItem } from './collector.service.js';
export { parseFeed, type FeedItem } from './feeds/index.js';
export { HotlineIntake } from './hotline/index.js';
export { Poller } from './polling/index.js';
export { HOTLINE_SOURCE_ID, type CollectorSource } from './sources/index.js';
