import { settingOf, valuesOf } from './setting-values.js';

const setting = {
  id: 'a',
  name: '通知公告',
  kind: 'page',
  channel: 'gov-site',
  url: 'https://www.wangchuan.example/',
  pollSeconds: 600,
  pollSecondsMost: 3600,
  belongsToCity: true,
  heedsRobots: false,
  zone: '+08:00',
  page: { item: 'li', pages: 2, articles: false },
} as const;

it('a setting that nobody touched comes out as it went in', () => expect(settingOf(valuesOf(setting), 'a')).toEqual(setting));

it('what is left empty is left out, and what belongs to another kind too', () => {
  const values = {
    ...valuesOf(null),
    name: '日报',
    url: ' https://a.example/rss ',
    page: { item: 'li' },
    json: { items: '' },
    silentAfterHours: null,
  };
  expect(settingOf(values, null)).toEqual({
    name: '日报',
    kind: 'feed',
    channel: 'gov-site',
    url: 'https://a.example/rss',
    pollSeconds: 600,
    belongsToCity: true,
  });
});
