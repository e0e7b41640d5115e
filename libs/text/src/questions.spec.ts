import { questionsIn, unansweredIn, type AskedFor } from './questions.js';

const ask = (text: string) => questionsIn([{ id: 'a', text }]);

describe('questionsIn', () => {
  it.each<[string, AskedFor | null]>([
    ['什么时候恢复供水？', 'when'],
    ['望北化工园多久能扑灭明火？', 'when'],
    ['到底烧的是什么东西，对身体有没有影响', 'matter'],
    ['一共转移了多少人？', 'how-much'],
    ['停水三天，请问原因是什么', 'why'],
    ['这件事由哪个部门负责？', 'who'],
    ['安置点在哪里？', 'where'],
    ['希望生态环境部门公布监测数据', 'how-much'],
    ['要求物业说明收费依据', 'matter'],
    ['消防车来得很快。', null],
    ['向救援人员致敬！', null],
    ['为什么？', null],
  ])('%s asks for %s', (text, asks) => expect(ask(text)[0]?.asks ?? null).toBe(asks));

  it('takes the same question once, with all who ask it, the most asked first', () => {
    const found = questionsIn([
      { id: '1', text: '安置点在哪里？' },
      { id: '2', text: '小区什么时候恢复供水？都三天了。' },
      { id: '3', text: '请问小区何时恢复供水？' },
    ]);
    expect(found.map(({ asks, askedIn }) => [asks, askedIn])).toEqual([
      ['when', ['2', '3']],
      ['where', ['1']],
    ]);
  });
});

describe('unansweredIn', () => {
  it.each<[string, string, string | null]>([
    ['什么时候恢复供水？', '供水预计11月20日18时前恢复。', null],
    ['什么时候恢复供水？', '抢修人员正在全力恢复供水。', '提到了此事，但没有给出时间'],
    ['什么时候恢复供水？', '我们高度重视，全力处置。', '没有回应'],
    ['起火原因是什么？', '起火原因正在调查。', null],
    ['一共转移了多少人？', '周边群众12600余人已转移安置，一共设安置点三处。', null],
    ['希望生态环境部门公布监测数据', '生态环境局布设点位开展监测。数据每小时公布，各项指标均在标准限值以内。', null],
    ['安置点在哪里？', '安置点位于望北实验学校。', null],
    ['什么时候恢复供水？', '', '没有回应'],
  ])('%s ← %s: %s', (question, draft, said) => expect(unansweredIn(ask(question), draft)[0]?.said ?? null).toBe(said));
});
