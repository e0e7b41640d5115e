import { resolve } from 'node:path';
import type { OpinionCollectedV1 } from '@huiying/contracts';
import { decideAlert } from '@huiying/domain';
import { readAlertingRules } from '@huiying/settings';
import { judge, readJudgingConfig } from '../../../classifier/src/judging/index.js';
import { parseFeed } from '../../../collector/src/feeds/index.js';
import type { FeedItemStep, HotlineStep } from './demo-step.js';
import { DEMO_FEEDS } from './feeds/demo-feeds.js';
import { liveItems } from './live/live-items.js';
import { after } from './moments.js';
import { everydayCalls, everydayPosts } from './opinions.js';
import { script } from './script.js';
import { documentWith } from './site.js';
import { demoOrigin, demoSources, HOTLINE_SOURCE_ID } from './sources.js';

/** The demo's texts through the collector's own reader and the classifier's own judgement, as a newcomer will see them. */
const CONFIG = resolve(__dirname, '../../../../config');
const NOW = new Date('2026-11-23T16:10:00+08:00');
const PORT = 8621;
const EAST_EIGHT_MINUTES = 480;
const steps = script(NOW);
const lexicon = readJudgingConfig(
  CONFIG,
  demoSources(PORT)
    .filter((source) => source.belongsToCity)
    .map((source) => source.id),
);
const rules = readAlertingRules(CONFIG);

function opinionOf(sourceId: string, title: string, text: string, urgency: string | null): OpinionCollectedV1['data'] {
  const source = demoSources(PORT).find((s) => s.id === sourceId)!;
  const id = '00000000-0000-4000-8000-000000000000';
  const order =
    source.kind === 'hotline'
      ? { orderNo: 'WC1', version: 1, appealType: null, urgency, category: null, region: null, leadUnit: null }
      : null;
  const seen = { url: null, author: null, publishedAt: null, capturedAt: NOW.toISOString(), sha256: '0'.repeat(64) };
  return { opinionId: id, revision: 1, sourceId, sourceName: source.name, channel: source.channel, title, text, order, ...seen };
}

function raises(sourceId: string, title: string, text: string, urgency: string | null = null): boolean {
  const judgement = judge(opinionOf(sourceId, title, text, urgency), lexicon);
  const story = { opinions: 1, hotlineOrders: 0 };
  return decideAlert({ judgement, urgency, story, storyOpenAlert: null, storyClosedAlert: null, rules }).outcome === 'raised';
}

const raisedBy = (step: FeedItemStep | HotlineStep) =>
  step.kind === 'hotline'
    ? raises(HOTLINE_SOURCE_ID, step.record.title ?? '', step.record.content, step.record.urgency ?? null)
    : raises(step.sourceId, step.item.title, step.item.text);

describe('the collector', () => {
  it.each(DEMO_FEEDS.filter((f) => f.format !== 'broken').map((f) => [f.id, f] as const))('reads %s as it was written', async (_, feed) => {
    const items = steps.flatMap((s) => (s.kind === 'feed-item' && s.sourceId === feed.id ? [s.item] : []));
    const { body, contentType } = documentWith(feed.id, items, PORT);
    const read = await parseFeed({ bytes: body, contentType, url: `${demoOrigin(PORT)}${feed.feedPath}` }, EAST_EIGHT_MINUTES);
    if (read.outcome !== 'read') throw new Error(read.reason);
    expect(read.problems).toEqual([]);
    expect(read.items.map((i) => [i.identity, i.title, i.text.replace(/\s/g, ''), i.author, i.publishedAt])).toEqual(
      items.map((i) => [
        feed.guids && feed.format !== 'rdf' ? i.guid : `${demoOrigin(PORT)}${i.path}`,
        i.title,
        i.text.replace(/\s/g, ''),
        i.author,
        i.publishedAt,
      ]),
    );
  });

  it('is given nothing to read by the county that is down', async () => {
    const { openDemoSite } = await import('./site.js');
    const answer = openDemoSite(NOW, PORT).documentFor('/yanming/rss.xml', new Date('2026-11-23T16:20:00+08:00'))!;
    const read = await parseFeed(
      { bytes: answer.body, contentType: answer.headers['content-type']!, url: demoOrigin(PORT) },
      EAST_EIGHT_MINUTES,
    );
    expect(read.outcome).toBe('unreadable');
  });
});

describe('the classifier', () => {
  it('raises an alert on the opinion that starts each story', () => {
    const starts = steps.flatMap((s) => ((s.kind === 'hotline' || s.kind === 'feed-item') && s.storyKey ? [s] : []));
    expect(starts).toHaveLength(15);
    expect(starts.filter((s) => !raisedBy(s)).map((s) => s.storyKey)).toEqual([]);
  });

  it('raises one on what breaks after the start', () => {
    expect(raisedBy(liveItems(NOW, after(NOW, { seconds: 40 }))[0]!)).toBe(true);
  });

  it('leaves the duty officer in peace over the everyday: at most one alert in two days', () => {
    const posts = everydayPosts(NOW).filter((p) => raises(p.sourceId, p.title, p.text));
    const calls = everydayCalls(NOW).filter((c) => raises(HOTLINE_SOURCE_ID, c.title, c.content, c.urgency));
    expect([...posts, ...calls].map((o) => o.title).slice(7)).toEqual([]);
  });
});
