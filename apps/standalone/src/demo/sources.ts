import { NOTICES_PATH, NOTICES_SOURCE_ID } from './district/district-page.js';
import { DEMO_FEEDS, type DemoFeed } from './feeds/demo-feeds.js';
import { POLICIES_PATH, POLICIES_SOURCE_ID } from './policies.js';

/** The 12345 intake as a source: it has no address to poll, records are posted to it. */
export const HOTLINE_SOURCE_ID = 'hotline-12345';

/** An entry of the list of sources, in the form of config/sources.yaml. */
export interface DemoSource {
  id: string;
  name: string;
  kind: 'feed' | 'page' | 'hotline';
  channel: DemoFeed['channel'] | 'hotline';
  url: string | null;
  pollSeconds: number;
  belongsToCity: boolean;
  /** Its entries are policy documents for the register. */
  policies?: boolean;
}

/** Where the demo's own web site is served; only ever on loopback. */
export function demoOrigin(demoPort: number): string {
  return `http://127.0.0.1:${demoPort}`;
}

/** The demo city's sources, with the port its web site got. */
export function demoSources(demoPort: number): DemoSource[] {
  const feeds = DEMO_FEEDS.map((feed) => ({
    id: feed.id,
    name: feed.name,
    kind: 'feed' as const,
    channel: feed.channel,
    url: `${demoOrigin(demoPort)}${feed.feedPath}`,
    pollSeconds: feed.pollSeconds,
    belongsToCity: feed.belongsToCity,
  }));
  return [
    ...feeds,
    {
      id: NOTICES_SOURCE_ID,
      name: '青梧区政府网·通知公告',
      kind: 'page',
      channel: 'gov-site',
      url: `${demoOrigin(demoPort)}${NOTICES_PATH}`,
      pollSeconds: 60,
      belongsToCity: true,
    },
    {
      id: POLICIES_SOURCE_ID,
      name: '市政府网站·政策文件库',
      kind: 'page',
      channel: 'gov-site',
      url: `${demoOrigin(demoPort)}${POLICIES_PATH}`,
      pollSeconds: 60,
      belongsToCity: true,
      policies: true,
    },
    {
      id: HOTLINE_SOURCE_ID,
      name: '望川市12345政务服务便民热线',
      kind: 'hotline',
      channel: 'hotline',
      url: null,
      pollSeconds: 300,
      belongsToCity: true,
    },
  ];
}
