import { resolve } from 'node:path';
import { drillNames, readDrill, readEnvironment } from '@huiying/settings';
import { freshDatabase } from '../../../../test/support/database.js';
import { DEMO_ACCOUNTS } from '../demo-city/demo-city.js';
import { playOn } from './drill.command.js';
import { drillReport, isMissed } from './drill-report.js';

const CONFIG = resolve(__dirname, '../../../../config');
const AS_FAST_AS_IT_GOES = 1e9;
const environment = readEnvironment({ HUIYING_CONFIG: CONFIG, HUIYING_DATABASE_POOL: '8' });

describe('a drill', () => {
  it.each(drillNames(CONFIG))('%s is well written', (name) => expect(readDrill(CONFIG, name).steps.length).toBeGreaterThan(0));

  it('names the drills there are when asked for another', () => {
    expect(() => readDrill(CONFIG, 'nothing')).toThrow('chunjie-friday-night');
  });

  it('plays the Friday night before 春节 with real routing: who is told when, and what nobody does', async () => {
    const { url, drop } = await freshDatabase();
    try {
      const drill = readDrill(CONFIG, 'chunjie-friday-night');
      const outcome = await playOn(url, drill, AS_FAST_AS_IT_GOES, environment, DEMO_ACCOUNTS);
      const states = Object.fromEntries(outcome.clocks.map(({ rule, state }) => [rule, state]));
      expect(states).toMatchObject({
        '首次权威信息（OP-01）': 'met',
        '新闻发布会（OP-02）': 'overdue',
        '任务签收（紧急）（TK-01u）': 'met-late',
      });
      const breach = outcome.told.filter(({ title }) => title.startsWith('【逾期】新闻发布会'));
      expect(breach.length).toBeGreaterThan(0);
      expect(new Set(breach.map(({ at }) => at.toISOString()))).toEqual(new Set(['2026-02-14T15:30:00.000Z'])); // to the instant, in the holiday
      expect(outcome.told.some(({ isOnDuty }) => isOnDuty)).toBe(true);
      const report = drillReport(outcome);
      expect(report).toContain('2026-02-13 23:30  办理 发现：望北化工园夜里冒黄烟');
      expect(report).toContain('新闻发布会（OP-02）：应于 2026-02-14 23:30 前完成，至结束无人完成');
    } finally {
      await drop();
    }
  });

  it.each([
    [false, [], true],
    [true, [], false],
    [false, ['邮件'], false],
  ])('on duty %s, reachable by %j: missed %s', (isOnDuty, reachableBy, missed) => {
    const told = { at: new Date(0), name: '何静', role: '值班员', isOnDuty, reachableBy, isUrgent: true, title: '【预警】' };
    expect(isMissed(told)).toBe(missed);
  });
});
