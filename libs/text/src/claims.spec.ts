import { claimsIn, contradictionsOf } from './claims.js';

const against = (draft: string, earlier: string) => contradictionsOf(draft, [{ id: 'e', title: '第一号通报', text: earlier }]);

describe('claimsIn', () => {
  it.each([
    ['17名受伤人员已送医', ['受伤 17名']],
    ['造成3人死亡、17人受伤', ['死亡 3人', '受伤 17人']],
    ['周边群众12600余人已转移', ['转移安置 12600余人']],
    ['11月20日9时5分，储罐区发生火情', ['发生日期 11月20日', '发生时间 9时5分']],
    ['涉事企业为望川沃澜新材料有限公司', ['涉事企业 望川沃澜新材料有限公司']],
    ['群众求助电话：12345', ['求助电话 12345']],
    ['全力处置', []],
  ])('%s', (text, claims) => expect(claimsIn(text).map(({ of, value }) => `${of} ${value}`)).toEqual(claims));
});

describe('contradictionsOf', () => {
  it.each<[string, string, string, number]>([
    ['a smaller count', '15人受伤。', '17人受伤送医。', 1],
    ['the same count in other words', '十七名伤员已送医。', '17人受伤送医。', 0],
    ['a count within 余', '转移12600人。', '已转移1.2万余人。', 0],
    ['a count far over 余', '转移2万人。', '已转移1.2万余人。', 1],
    ['deaths against injuries', '3人死亡。', '17人受伤。', 0],
    ['another day of the same event', '11月19日，储罐区发生火情。', '11月20日，储罐区发生火情。', 1],
    ['another day of another event', '11月21日召开新闻发布会。', '11月20日，储罐区发生火情。', 0],
    ['another hour of the same event', '储罐区9时40分发生火情。', '储罐区9时5分发生火情。', 1],
    ['another firm', '涉事企业为望川甲公司。', '涉事企业为望川乙公司。', 1],
    ['a longer name of the same firm', '涉事企业为沃澜公司。', '涉事企业为望川沃澜公司。', 0],
    ['another telephone', '咨询电话：0871-66778899。', '咨询电话：0871-66778800。', 1],
    ['a count on the same matter without a known subject', '检修水泵站12座。', '检修水泵站10座。', 1],
    ['a count on another matter', '抽查学校食堂12座。', '检修水泵站10座。', 0],
    ['nothing earlier', '15人受伤。', '全力救治。', 0],
  ])('%s', (_what, draft, earlier, count) => expect(against(draft, earlier)).toHaveLength(count));

  it('cites both, and tells where the draft explains itself', () => {
    const [bare] = against('15人受伤。', '17人受伤送医。');
    expect(bare).toMatchObject({
      earlierId: 'e',
      isExplained: false,
      said: '受伤：本稿为“15人”，《第一号通报》中为“17人”（“17人受伤送医。”），请核对或说明变化',
    });
    expect(against('受伤人数由17人增至21人受伤。', '15人受伤。')[0]!.isExplained).toBe(true);
  });

  it.each<[string, string, string, number]>([
    ['who was hurt in another event', '15人受伤。', '17人受伤送医。', 0],
    ['a fee', '首小时收费6元。', '首小时收费5元。', 1],
    ['a telephone', '咨询电话：0871-66778899。', '咨询电话：0871-66778800。', 1],
  ])('on the same topic only compares what holds beyond one event: %s', (_what, draft, text, count) => {
    expect(contradictionsOf(draft, [{ id: 'e', title: '通报', text, isSameMatter: false }])).toHaveLength(count);
  });

  it('is content where one of several earlier figures agrees', () => {
    expect(against('现有2人受伤较重。', '17人受伤，其中2人受伤较重。')).toEqual([]);
  });
});
