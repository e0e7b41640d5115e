import { randomUUID } from 'node:crypto';
import type { OpinionDetail, OpinionView, Page } from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { classified, freshCity, type LoggedIn, type OpinionSketch, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { AlertRaiser } from '../alerting/index.js';
import { csvLine } from '../query/index.js';
import { askedFor } from './opinion-csv.js';
import { snippetOf } from './opinion-view.js';

describe('opinions', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let drop: () => Promise<void>;
  let officer: LoggedIn;

  beforeAll(async () => {
    ({ city, clock, drop } = await freshCity('2026-11-18T01:00:00Z', {}, { runsByItself: false }));
    officer = await city.logIn('luwenjing');
    const storyId = randomUUID();
    const sketches: OpinionSketch[] = [
      { title: '自来水浑浊', text: '梧桐里街道早上停水，来水后浑浊发黄。', level: 'III', storyId },
      { title: '早市占道', text: '南渡口菜市场门口停车难，还停过水。', level: 'IV', flagged: false, channel: 'weibo' },
      { title: '通知', text: '关于停水的公告：明日检修水管。', level: 'IV', flagged: false, channel: 'gov-site', sourceId: 'gov' },
      { title: '停水三天', text: '安置三区没人管。', level: 'II', channel: 'hotline', sourceId: 'hotline', storyId },
      { title: '=HYPERLINK("http://x")', text: '含"引号"，逗号', level: 'IV', flagged: false },
    ];
    for (const [minutes, sketch] of sketches.entries()) {
      const capturedAt = new Date(clock.now().getTime() - (10 - minutes) * 60_000);
      await city.app.get(AlertRaiser, { strict: false }).take([classified(clock, { ...sketch, capturedAt })]);
    }
  });
  afterAll(async () => {
    await city.stop();
    await drop();
  });

  const find = async (query: string) => (await officer.get<Page<OpinionView>>(`/api/opinions?${query}`)).body.items.map((one) => one.title);

  it.each([
    ['two characters, wherever they stand', 'q=停水', ['停水三天', '通知', '自来水浑浊']],
    ['the title first when asked for relevance', 'q=停水&sort=relevance', ['停水三天', '通知', '自来水浑浊']],
    ['one character', 'q=浑', ['自来水浑浊']],
    ['several words, all of them', 'q=停水 水管', ['通知']],
    ['a phrase as it stands, not its pairs', 'q=停车难', ['早市占道']],
    ['nothing for what nobody wrote', 'q=停电', []],
    ['nothing for what cannot be searched', 'q=！！', []],
    ['what was flagged', 'verdict=flagged', ['停水三天', '自来水浑浊']],
    ['a level, of what was flagged', 'severity=II,IV', ['停水三天']],
    ['channels', 'channel=weibo,gov-site', ['通知', '早市占道']],
    ['a source', 'source=gov', ['通知']],
    ['a stretch of time', 'from=2026-11-18T00:51:00Z&to=2026-11-18T00:53:00Z', ['通知', '早市占道']],
    ['a day in China', 'from=2026-11-18&to=2026-11-18&q=公告', ['通知']],
  ])('finds %s', async (_, query, titles) => expect(await find(query)).toEqual(titles));

  it('refuses a filter that is none, beside its name', async () => {
    const { status, body } = await officer.get('/api/opinions?channel=weibo,pigeon');
    expect([status, body]).toMatchObject([400, { faults: [{ field: 'channel.1', got: 'pigeon' }] }]);
  });

  it('refuses words to search for that are too long, beside their name, however they are written', async () => {
    const refused = await officer.get(`/api/opinions?q=${encodeURIComponent('停水'.repeat(2_500))}`);
    expect(refused).toMatchObject({
      status: 400,
      body: { code: 'bad-input', faults: [{ field: 'q', rule: expect.stringContaining('200') }] },
    });
  });

  it.each(['does-not-exist', '%20', randomUUID()])('has no opinion %s', async (id) => {
    expect(await officer.get(`/api/opinions/${id}`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('shows the story, the judgement and why an alert was raised or not', async () => {
    const [one] = (await officer.get<Page<OpinionView>>('/api/opinions?q=停水三天')).body.items;
    const detail = (await officer.get<OpinionDetail>(`/api/opinions/${one!.id}`)).body;
    expect(detail).toMatchObject({
      storySize: 2,
      alertDecision: { outcome: 'joined', reason: '同一事件已有预警，研判升为II级（重大）' },
      judgement: { judgedBy: 'spec' },
    });
    expect(detail.siblings.map((sibling) => sibling.title)).toEqual(['自来水浑浊']);
    expect(detail.alertId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('exports what is filtered as CSV that office programs read, harmless in a spreadsheet', async () => {
    const answer = await fetch(`${city.url}/api/opinions.csv?verdict=not-flagged&q=`, { headers: { cookie: officer.cookie } });
    const text = Buffer.from(await answer.arrayBuffer()).toString('utf8');
    expect(text.startsWith('\uFEFF舆情信息导出\r\n导出时间,2026-11-18 09:00\r\n导出人,陆文婧\r\n政务舆情,否\r\n')).toBe(true);
    const lines = text.trim().split('\r\n');
    expect(lines).toHaveLength(9);
    expect(text).toContain(`"'=HYPERLINK(""http://x"")","含""引号""，逗号"`);
    const exports = await city.platform.database.query(`SELECT detail FROM workflow.audit WHERE action = 'opinion.export'`);
    expect(exports).toEqual([{ detail: { 政务舆情: '否' } }]);
  });
});

it.each([
  [['a', 'b,c', 'd"e', 'f\ng'], 'a,"b,c","d""e","f\ng"\r\n'],
  [['=1+1', '+1', '-1', '@x', '1-1'], "'=1+1,'+1,'-1,'@x,1-1\r\n"],
  [[], '\r\n'],
])('writes %j as one line', (cells, line) => expect(csvLine(cells)).toBe(line));

it.each([
  ['短文', undefined, '短文'],
  ['x'.repeat(300), undefined, `${'x'.repeat(120)}…`],
  [`${'前'.repeat(200)}停水了${'后'.repeat(200)}`, '停水', `…${'前'.repeat(30)}停水了${'后'.repeat(87)}…`],
  ['停水了', '停水', '停水了'],
])('cuts a text to the part that matters', (text, q, snippet) => expect(snippetOf(text, q)).toBe(snippet));

it('names the filters of an export as the filter bar does', () => {
  const choices = {
    channels: [],
    topics: [{ code: '0601', name: '安全生产' }],
    departments: [{ id: 'emergency', name: '市应急管理局' }],
    sources: [{ id: 'gov', name: '政府门户' }],
  };
  const query = {
    q: '停水 水管',
    channel: 'weibo,forum',
    topic: '0601',
    department: 'emergency,moon',
    source: 'gov',
    verdict: 'flagged',
    sort: 'newest',
    from: '',
  };
  expect(askedFor(query, choices)).toEqual([
    ['关键词', '停水 水管'],
    ['渠道', '微博、论坛'],
    ['主题', '安全生产'],
    ['部门', '市应急管理局、moon'],
    ['政务舆情', '是'],
    ['信源', '政府门户'],
  ]);
});
