import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeXlsx } from 'hucre/xlsx';
import type { PolicyDocumentFoundV1 } from '@huiying/contracts';
import type {
  BoardView,
  DocumentDetail,
  DocumentImport,
  DocumentView,
  KnowledgeDetail,
  KnowledgeView,
  Page,
} from '@huiying/contracts/http';
import type { MovableClock } from '@huiying/domain';
import { isPipelineIdle } from '@huiying/persistence';
import { eventually, freshCity, type LoggedIn, type WorkflowCity } from '../../../../test/support/workflow-city.js';
import { LinkWatch } from './index.js';

/** 周三 09:00. A document published today owes its interpretation on Monday at 17:30. */
const START = '2026-11-18T01:00:00Z';
const ELEMENTS = ['background', 'goal', 'content', 'scope', 'standard'];
const PLAN = {
  outline: '为何改、改什么、谁受益、怎么办',
  forms: ['文字', '图解'],
  channels: ['政府网站政策解读专栏'],
  plannedOn: '2026-11-19',
  responsible: '范立新',
};
const TEXT = '第一条 为规范既有住宅加装电梯工作，根据有关规定制定本办法。第二条 本市行政区域内四层以上无电梯住宅适用本办法。';

describe('政策解读', () => {
  let city: WorkflowCity;
  let clock: MovableClock;
  let drop: () => Promise<void>;
  let site: Server;
  let origin: string;
  const pages = new Map<string, string>();
  let [lead, stranger, officer, leader]: LoggedIn[] = [];

  beforeAll(async () => {
    site = createServer((request, answer) => {
      const page = pages.get(request.url ?? '');
      answer.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page ?? '');
    }).listen(0, '127.0.0.1');
    await new Promise((done) => site.once('listening', done));
    const { port } = site.address() as AddressInfo;
    origin = `http://127.0.0.1:${port}`;
    ({ city, clock, drop } = await freshCity(START, { HUIYING_FETCH_ALLOW: `127.0.0.1:${port}` }));
    [lead, stranger, officer, leader] = await Promise.all(
      ['fanlixin', 'gaohanqing', 'luwenjing', 'zhoumingyuan'].map((name) => city.logIn(name)),
    );
  });
  afterAll(async () => {
    await city.stop();
    await drop();
    site.close();
  });

  const read = async (id: string, who = leader!) => (await who.get<DocumentDetail>(`/api/documents/${id}`)).body;
  const step = (who: LoggedIn, id: string, name: string, body?: unknown) =>
    who.post<{ code?: string; faults?: { field: string }[] }>(`/api/documents/${id}/${name}`, body);
  async function register(who: LoggedIn, over: object = {}): Promise<string> {
    const body = { title: '既有住宅加装电梯实施办法', departmentId: 'housing', kind: '政府规范性文件', text: TEXT, ...over };
    const answer = await who.post<{ documentId: string }>('/api/documents', body);
    expect(answer.status).toBe(200);
    return answer.body.documentId;
  }
  const interpretation = (over: object = {}) => ({
    title: '一图读懂加装电梯',
    url: `${origin}/jd/1.html`,
    form: '图解',
    channels: ['政府网站政策解读专栏'],
    elements: ELEMENTS,
    publishedAt: '2026-11-18T01:00:00Z',
    ...over,
  });

  it('goes with its document from drafting to interpretation, and every gate says what is missing', async () => {
    const id = await register(lead!, { documentNo: '望政办发〔2026〕31号' });
    expect((await read(id, stranger!)).id).toBeUndefined();
    expect(await register(lead!, { title: '另一份文件登记' }).then((other) => step(stranger!, other, 'submit'))).toMatchObject({
      status: 404,
    });
    expect(
      await lead!.post('/api/documents', {
        title: '同号的文件',
        documentNo: '望政办发〔2026〕31号',
        departmentId: 'housing',
        kind: '一般文件',
      }),
    ).toMatchObject({
      status: 409,
      body: { code: 'document-known', conflict: { by: '范立新' } },
    });
    expect(await step(lead!, id, 'submit')).toMatchObject({ status: 409, body: { code: 'plan-missing' } });
    expect((await read(id)).actions.find(({ action }) => action === 'document-submit')).toMatchObject({ allowed: false });
    await step(lead!, id, 'plan', { outline: '为何改' });
    expect((await read(id)).missingOfPlan).toEqual(['解读形式', '解读渠道', '解读时间', '责任人']);
    expect((await step(lead!, id, 'plan', PLAN)).status).toBe(204);
    expect((await step(lead!, id, 'submit')).status).toBe(204);
    expect(await step(lead!, id, 'plan', PLAN)).toMatchObject({ status: 409, body: { code: 'document-submitted' } });
    expect((await step(lead!, id, 'sign')).status).toBe(403);
    const both = await Promise.all([step(leader!, id, 'sign'), step(leader!, id, 'send-back', { reason: '提纲过简，请补充' })]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
    if (both[1]!.status === 204) {
      expect((await step(lead!, id, 'submit')).status).toBe(204);
      expect((await step(leader!, id, 'sign')).status).toBe(204);
    }

    pages.set('/zc/31.html', `<p>${TEXT}</p>`);
    const published = { url: `${origin}/zc/31.html`, publishedAt: '2026-11-18T01:00:00Z' };
    expect(await step(lead!, id, 'publish', { ...published, publishedAt: '2026-11-18T02:00:00Z' })).toMatchObject({ status: 400 });
    expect((await step(lead!, id, 'publish', published)).status).toBe(204);
    const owed = await read(id);
    expect(owed.deadline).toMatchObject({
      ruleId: 'PI-01',
      dueAt: '2026-11-23T09:30:00.000Z',
      state: 'running',
      responsible: '市住建局',
      caseId: null,
    });
    const board = (await officer!.get<BoardView>('/api/board')).body;
    expect(board.deadlines.map((one) => one.subject)).toContainEqual(
      expect.objectContaining({ kind: 'document', id, no: '望政办发〔2026〕31号', link: `/documents/${id}` }),
    );

    expect(await step(lead!, id, 'interpret', interpretation({ elements: ['goal'] }))).toMatchObject({
      status: 400,
      body: { faults: [{ field: 'elements' }] },
    });
    pages.set('/jd/1.html', `<p>${TEXT}</p>`);
    expect(await step(lead!, id, 'interpret', interpretation())).toMatchObject({ status: 409, body: { code: 'interpretation-copied' } });
    pages.set('/jd/1.html', `<p>老楼装电梯，多数业主同意即可申请，补贴每部二十万元，请到街道窗口办理。</p><a href="/zc/31.html">原文</a>`);
    expect(await step(lead!, id, 'interpret', interpretation({ publishedAt: '2026-11-16T01:00:00Z' }))).toMatchObject({ status: 400 });
    const done = await lead!.post<{ metDeadlineIds: string[] }>(`/api/documents/${id}/interpret`, interpretation());
    expect(done.body.metDeadlineIds).toEqual([owed.deadline!.id]);
    const after = await read(id);
    expect(after).toMatchObject({ state: 'interpreted', deadline: { state: 'met' }, interpretationCount: 1, linkedCount: 0 });
    expect(after.interpretations[0]).toMatchObject({
      copiedShare: 0,
      links: { documentLeads: false, interpretationLeads: true, failure: null },
      evidence: { kind: 'interpretation', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect((await lead!.get(`/api/evidence/${after.interpretations[0]!.evidence!.id}/file`)).status).toBe(200);
    expect((await stranger!.get(`/api/evidence/${after.interpretations[0]!.evidence!.id}/file`)).status).toBe(404);

    pages.set('/zc/31.html', `<p>${TEXT}</p><a href='../jd/1.html'>一图读懂</a>`);
    expect((await step(lead!, id, 'check-links')).status).toBe(204);
    expect(await read(id)).toMatchObject({ linkedCount: 1 });
    pages.delete('/zc/31.html');
    expect((await step(lead!, id, 'check-links')).status).toBe(204);
    expect((await read(id)).interpretations[0]!.links).toMatchObject({
      documentLeads: null,
      interpretationLeads: true,
      failure: expect.stringContaining('文件页'),
    });
    expect(new Set((await read(id)).timeline.map(({ kind }) => kind))).toEqual(
      new Set(
        [
          'register',
          'plan',
          'submit',
          'sign',
          'publish',
          'interpret',
          'check-links',
          ...(both[1]!.status === 204 ? ['send-back'] : []),
        ].map((one) => `document.${one}`),
      ),
    );
  });

  it('is demanded at once where the document is to be published together with it', async () => {
    const id = await register(lead!, { title: '应急避难场所管理办法', syncMode: 'publish' });
    for (const [who, name, body] of [
      [lead!, 'plan', PLAN],
      [lead!, 'submit'],
      [leader!, 'sign'],
    ] as const)
      expect((await step(who, id, name, body)).status).toBe(204);
    const published = { url: `${origin}/zc/32.html`, publishedAt: '2026-11-18T01:00:00Z' };
    expect(await step(lead!, id, 'publish', published)).toMatchObject({ status: 409, body: { code: 'interpretation-missing' } });
    expect((await step(lead!, id, 'publish', { ...published, interpretationUrl: `${origin}/jd/32.html` })).status).toBe(204);
    expect((await step(officer!, id, 'exempt', { reason: '仅调整机构名称，无实质内容' })).status).toBe(403);
    expect((await step(leader!, id, 'exempt', { reason: '仅调整机构名称，无实质内容' })).status).toBe(204);
    expect(await read(id)).toMatchObject({ state: 'exempt', deadline: null });
  });

  it('ends: its answers in the knowledge base end with it, or go on with what replaces it; they hold the article alone', async () => {
    const chrome = (body: string) => `<html><body><div class="nav"><a href="/">首页</a><a href="/zwgk">政务公开</a></div>${body}
      <div class="share">分享到：<a>微信</a></div><p class="tool"><a>【打印】</a><a>【关闭】</a></p><div class="footer">版权所有：望川市人民政府办公室 备案号 0001</div></body></html>`;
    const answer = '老楼装电梯，多数业主同意即可申请，补贴每部二十万元，请到街道窗口办理，三个工作日内答复。';
    pages.set('/zc/60.html', `<p>${TEXT}</p>`);
    pages.set('/jd/60.html', chrome(`<div class="main"><h1>解读</h1><div class="box"><p>${answer}</p><p>${answer}</p></div></div>`));
    pages.set('/jd/61.html', chrome(`<div class="TRS_Editor"><p>${answer}</p></div>`));
    const publishedAt = '2026-11-18T00:00:00Z';
    const id = await register(lead!, { url: `${origin}/zc/60.html`, publishedAt, title: '将要失效的办法' });
    for (const page of ['60', '61'])
      expect((await step(lead!, id, 'interpret', interpretation({ url: `${origin}/jd/${page}.html` }))).status).toBe(200);
    const entries = (await read(id)).knowledge;
    const answers = await Promise.all(
      entries.map(async (one) => (await officer!.get<KnowledgeDetail>(`/api/knowledge/${one.id}`)).body.answer),
    );
    expect(answers.sort()).toEqual([answer, `解读\n${answer}\n${answer}`]);
    const next = await register(lead!, {
      title: '新的办法（修订）',
      documentNo: '望政办发〔2026〕66号',
      url: `${origin}/zc/66.html`,
      publishedAt,
    });
    const end = { how: 'replaced', lastDay: '2026-12-31', reason: '修订后重新公布' };
    expect((await step(stranger!, id, 'end', end)).status).toBe(404);
    expect((await step(lead!, id, 'end', end)).body.faults).toMatchObject([{ field: 'replacedBy' }]);
    expect((await step(lead!, id, 'end', { ...end, replacedBy: id })).body.faults).toMatchObject([{ field: 'replacedBy' }]);
    expect((await step(lead!, id, 'end', { ...end, replacedBy: next, lastDay: '2026-11-17' })).body.faults).toMatchObject([
      { field: 'lastDay' },
    ]);
    expect((await step(lead!, id, 'end', { ...end, replacedBy: next })).status).toBe(204);
    expect(await step(lead!, id, 'end', { ...end, replacedBy: next })).toMatchObject({ status: 409, body: { code: 'document-ended' } });
    const may = async (action: string, who = officer!) => (await read(id, who)).actions.find((one) => one.action === action)!.allowed;
    expect([await may('document-knowledge-expire'), await may('document-knowledge-carry-on'), await may('document-knowledge-expire', lead)]).toEqual([true, true, false]); // prettier-ignore
    const left = async () => (await officer!.get<Page<KnowledgeView>>('/api/knowledge?outlasting=true')).body.items.map((one) => one.id);
    expect((await left()).sort()).toEqual(entries.map((one) => one.id).sort());
    const [kept] = entries;
    expect((await officer!.get<KnowledgeDetail>(`/api/knowledge/${kept!.id}`)).body.policyEnded).toMatchObject({ lastDay: '2026-12-31' });
    expect((await lead!.post('/api/knowledge/carry-on', { documentId: id, reason: '新办法沿用' })).status).toBe(403);
    expect((await officer!.post('/api/knowledge/carry-on', { documentId: next, reason: '新办法沿用' })).body).toMatchObject({
      code: 'not-replaced',
    });
    expect((await officer!.post('/api/knowledge/carry-on', { documentId: id, reason: '新办法沿用' })).body).toEqual({ changed: 2 });
    expect([(await read(id)).knowledge, (await read(next)).knowledge.length, await left()]).toEqual([[], 2, []]);
    expect((await officer!.get<KnowledgeDetail>(`/api/knowledge/${kept!.id}`)).body).toMatchObject({
      version: 2,
      legalBasis: '新的办法（修订）（望政办发〔2026〕66号）',
      policyEnded: null,
    });
    expect((await step(lead!, next, 'end', { how: 'repealed', lastDay: '2027-06-30', reason: '全文废止' })).status).toBe(204);
    expect((await left()).length).toBe(2);
    const expire = { documentId: next, expiresOn: '2027-06-30', reason: '随政策失效' };
    expect((await officer!.post('/api/knowledge/expire-with', expire)).body).toEqual({ changed: 2 });
    expect([await left(), (await read(next)).knowledge.map((one) => [one.expiresOn, one.outlasts])]).toEqual([[], [['2027-06-30', false], ['2027-06-30', false]]]); // prettier-ignore
  });

  const found = (over: Partial<PolicyDocumentFoundV1['data']> = {}): PolicyDocumentFoundV1 => {
    const documentId = over.documentId ?? randomUUID();
    const data = {
      documentId,
      revision: 1,
      sourceId: 'city-policies',
      sourceName: '市政府政策文件库',
      title: '望川市城市停车设施管理办法',
      text: '发文字号：望政规〔2026〕7号\n第一条 为加强停车设施管理，制定本办法。',
      url: `${origin}/zc/${documentId}.html`,
      publishedAt: '2026-11-17T02:00:00.000Z',
      capturedAt: '2026-11-18T01:00:00.000Z',
      sha256: 'b'.repeat(64),
      ...over,
    };
    return { id: randomUUID(), type: 'policy-document.found', version: 1, occurredAt: START, causedBy: null, data };
  };
  const send = (event: PolicyDocumentFoundV1) =>
    city.platform.log.publish([{ topic: event.type, key: event.data.documentId, value: JSON.stringify(event) }]);
  const search = async (q: string) => (await leader!.get<Page<DocumentView>>(`/api/documents?q=${encodeURIComponent(q)}`)).body.items;

  it('is owed for what the collector finds; stock owes nothing, and the same event twice nothing more', async () => {
    const event = found();
    await send(event);
    await send(event);
    const one = await eventually(async () => (await search('望政规〔2026〕7号'))[0], 'the document');
    expect(one).toMatchObject({
      state: 'published',
      departmentId: null,
      source: '发现：市政府政策文件库',
      deadline: { dueAt: '2026-11-20T09:30:00.000Z' },
    });
    await send(found({ title: '多年前的停车管理办法', text: '旧文件', publishedAt: '2019-03-01T02:00:00.000Z' }));
    const stock = await eventually(async () => (await search('多年前的停车管理办法'))[0], 'the stock');
    expect(stock).toMatchObject({ state: 'exempt', deadline: null });
    expect((await search('望政规〔2026〕7号')).length).toBe(1);

    expect((await step(officer!, one.id, 'edit', { departmentId: 'urban-management' })).status).toBe(204);
    const mine = await city.logIn('dingxiaofeng');
    expect(await read(one.id, mine)).toMatchObject({ departmentName: '市城管局', deadline: { responsible: '市城管局' } });
  });

  it('joins what the collector finds to what was signed, and starts its clock', async () => {
    const id = await register(lead!, { title: '物业服务收费管理办法', documentNo: '望建规〔2026〕4号', text: null });
    for (const [who, name, body] of [
      [lead!, 'plan', PLAN],
      [lead!, 'submit'],
      [leader!, 'sign'],
    ] as const)
      await step(who, id, name, body);
    await send(found({ title: '关于印发物业服务收费管理办法的通知', text: '望建规〔2026〕4号\n正文' }));
    await eventually(async () => (await read(id)).state === 'published', 'its publication');
    expect(await read(id)).toMatchObject({ hasText: true, deadline: { state: 'running', dueAt: '2026-11-20T09:30:00.000Z' } });
  });

  it('comes into the register from a table, looked at first', async () => {
    const table = [
      '2026年政策文件清单,,,,',
      '文件名称,发文字号,起草部门,公开日期,网址',
      `老旧小区改造补贴办法,望建规〔2026〕9号,市住房和城乡建设局,2026-11-17,${origin}/zc/9.html`,
      '早年的一份文件办法,望建规[2019]2号,市住建局,2019年5月6日,',
      '没有这个部门的文件,,火星管理局,,',
      '将来才公开的文件,,市住建局,2027-01-01,',
      '重复文号的文件一,望建规〔2026〕9号,市住建局,,',
    ].join('\r\n');
    const body = { name: '清单.csv', content: Buffer.from(table, 'utf8').toString('base64') };
    const looked = await officer!.post<DocumentImport>('/api/documents/import', body);
    expect(looked.body.rows.map(({ line, outcome, said }) => [line, outcome, said])).toEqual([
      [3, 'new', '登记为已公开，起算解读时限'],
      [4, 'new', '登记为存量文件，不起算'],
      [5, 'bad', '起草部门“火星管理局”不在承办单位名录中'],
      [6, 'bad', '公开日期晚于今天'],
      [7, 'known', '文号或网址已登记'],
    ]);
    expect(await search('老旧小区改造补贴办法')).toEqual([]);
    expect((await officer!.post<DocumentImport>('/api/documents/import', { ...body, apply: true })).body.counts).toEqual({
      new: 2,
      known: 1,
      bad: 2,
    });
    expect((await search('老旧小区改造补贴办法'))[0]).toMatchObject({ state: 'published', deadline: { state: 'running' } });
    expect((await officer!.post<DocumentImport>('/api/documents/import', { ...body, apply: true })).body.counts).toEqual({
      new: 0,
      known: 3,
      bad: 2,
    });
    expect(
      (await officer!.post('/api/documents/import', { name: 'a.xlsx', content: Buffer.from('no workbook').toString('base64') })).status,
    ).toBe(400);
    const csv = await officer!.get<string>('/api/documents.csv?state=published');
    expect(csv.body).toContain('老旧小区改造补贴办法');
  });

  it('is watched: links that break afterwards are told to the owner once, and once more when they break anew', async () => {
    pages.set('/zc/88.html', `<p>${TEXT}</p><a href="/jd/88.html">解读</a>`);
    pages.set('/jd/88.html', '<p>问：哪些楼可以装？答：四层以上。</p><a href="/zc/88.html">原文</a>');
    const id = await register(lead!, { url: `${origin}/zc/88.html`, publishedAt: '2026-11-18T00:00:00Z', title: '会断链的办法' });
    expect((await step(lead!, id, 'interpret', interpretation({ url: `${origin}/jd/88.html` }))).status).toBe(200);
    const told = async () => {
      await eventually(() => isPipelineIdle(city.platform.database), 'all is told');
      const rows = await city.platform.database.query<{ title: string }>(
        `SELECT title FROM workflow.notice WHERE fact LIKE $1 ORDER BY requested_at`,
        [`document:${id}:link:%`],
      );
      return rows.map(({ title }) => title);
    };
    const links = async () => (await read(id)).interpretations[0]!.links!;
    const watch = city.app.get(LinkWatch, { strict: false });
    const start = clock.now();
    const after = async (days: number) => {
      clock.set(new Date(start.getTime() + days * 86_400_000 + 60_000));
      while ((await watch.look()) > 0);
      leader = await city.logIn('zhoumingyuan');
      return told();
    };
    expect(await after(3)).toEqual([]);
    pages.delete('/jd/88.html');
    expect(await after(8)).toEqual([]);
    expect(await links()).toMatchObject({ interpretationLeads: null });
    expect(await after(9.1)).toEqual(['【断链】《会断链的办法》']);
    expect((await read(id)).timeline.map(({ kind }) => kind)).toContain('document.link-broken');
    expect(await after(10.2)).toHaveLength(1);
    pages.set('/jd/88.html', '<p>问：哪些楼可以装？答：四层以上。</p><a href="/zc/88.html">原文</a>');
    expect(await after(11.3)).toHaveLength(1);
    expect(await links()).toMatchObject({ documentLeads: true, interpretationLeads: true });
    pages.set('/zc/88.html', `<p>${TEXT}</p>`);
    expect(await after(19)).toHaveLength(2);
    clock.set(start);
    [lead, officer, leader] = await Promise.all(['fanlixin', 'luwenjing', 'zhoumingyuan'].map((name) => city.logIn(name)));
  });

  it('comes from a workbook as it does from text', async () => {
    const workbook = await writeXlsx({
      sheets: [
        {
          name: '文件清单',
          rows: [
            ['2026年政策文件清单'],
            ['文件名称', '发文字号', '起草部门', '公开日期', '网址'],
            ['表格里来的补贴办法', '望建规〔2026〕77号', '市住建局', new Date('2026-11-17T00:00:00Z'), `${origin}/zc/77.html`],
            ['表格里来的旧文件', '望建规〔2018〕3号', '市住建局', '2018/5/6', null],
            ['没有部门的文件', null, '火星管理局', null, null],
          ],
        },
      ],
    });
    const body = { name: '清单.xlsx', content: Buffer.from(workbook).toString('base64'), apply: true };
    const taken = await officer!.post<DocumentImport>('/api/documents/import', body);
    expect(taken.body.rows.map(({ line, outcome }) => [line, outcome])).toEqual([
      [3, 'new'],
      [4, 'new'],
      [5, 'bad'],
    ]);
    expect((await search('表格里来的补贴办法'))[0]).toMatchObject({
      state: 'published',
      documentNo: '望建规〔2026〕77号',
      publishedAt: expect.stringContaining('2026-11-1'),
      deadline: { state: 'running' },
    });
  });

  it('is told as overdue when nobody publishes it', async () => {
    const id = await register(lead!, { title: '无人解读的实施办法', url: `${origin}/zc/late.html`, publishedAt: '2026-11-18T00:00:00Z' });
    clock.set(new Date('2026-11-23T09:30:00Z'));
    await city.tick();
    leader = await city.logIn('zhoumingyuan');
    expect(await read(id)).toMatchObject({ deadline: { state: 'overdue' } });
    const late = (await leader.get<Page<DocumentView>>('/api/documents?overdue=true')).body.items;
    expect(late.map((one) => one.id)).toContain(id);
    expect((await read(id)).timeline.map(({ kind }) => kind)).toContain('deadline.breached');
  });
});
