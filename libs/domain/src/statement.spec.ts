import { Refusal } from './refusals.js';
import { secrecyHits } from './secrecy.js';
import { STATEMENT_STEPS, statementRoleRefusal, stepStatement, type StatementAction, type StatementState } from './statement.js';

const ACTIONS: StatementAction[] = ['edit', 'submit', 'clear', 'send-back', 'approve', 'publish', 'revise', 'withdraw'];
/** The whole table, written out by hand beside the code's: `state action → next, or !code`. */
const WHOLE = `
  draft edit draft | draft submit review | draft clear !statement-not-submitted | draft send-back !statement-not-submitted | draft approve !statement-not-cleared | draft publish !statement-not-approved | draft revise !statement-not-published | draft withdraw withdrawn
  review edit !statement-under-review | review submit !already-submitted | review clear cleared | review send-back draft | review approve !statement-not-cleared | review publish !statement-not-approved | review revise !statement-not-published | review withdraw withdrawn
  cleared edit !statement-under-review | cleared submit !already-submitted | cleared clear !already-cleared | cleared send-back draft | cleared approve approved | cleared publish !statement-not-approved | cleared revise !statement-not-published | cleared withdraw withdrawn
  approved edit !already-approved | approved submit !already-approved | approved clear !already-approved | approved send-back draft | approved approve !already-approved | approved publish published | approved revise !statement-not-published | approved withdraw withdrawn
  published edit !already-published | published submit !already-published | published clear !already-published | published send-back !already-published | published approve !already-published | published publish !already-published | published revise draft | published withdraw !already-published
  withdrawn edit !statement-withdrawn | withdrawn submit !statement-withdrawn | withdrawn clear !statement-withdrawn | withdrawn send-back !statement-withdrawn | withdrawn approve !statement-withdrawn | withdrawn publish !statement-withdrawn | withdrawn revise !statement-withdrawn | withdrawn withdraw !statement-withdrawn`
  .trim()
  .split(/\s*[|\n]\s*/)
  .map((cell) => cell.split(/\s+/) as [string, string, string]);

describe('the steps of a statement', () => {
  it('are written out for every state and action', () => {
    const pairs = Object.keys(STATEMENT_STEPS).flatMap((state) => ACTIONS.map((action) => `${state} ${action}`));
    expect(WHOLE.map(([state, action]) => `${state} ${action}`).sort()).toEqual(pairs.sort());
  });

  it.each(WHOLE)('%s, %s → %s', (state, action, expected) => {
    let outcome: string;
    try {
      outcome = stepStatement(state as StatementState, action as StatementAction, {
        by: '张伟',
        at: '2026-02-14T06:05:00.000Z',
        what: '批准',
      });
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      expect(refusal.said).toMatch(/^[\u4e00-\u9fff].*张伟 批准（2026-02-14 14:05）$/);
      outcome = `!${refusal.code}`;
    }
    expect(outcome).toBe(expected);
  });

  it('let nothing out without review and approval, whatever the path', () => {
    // Every path of 6 steps from the draft that ends in `published` passed review, cleared and approved.
    const walk = (state: StatementState, path: StatementState[]): void => {
      if (state === 'published') expect(path.slice(-4)).toEqual(['review', 'cleared', 'approved', 'published']);
      if (path.length > 6) return;
      for (const next of new Set(Object.values(STATEMENT_STEPS[state]))) walk(next, [...path, next]);
    };
    walk('draft', ['draft']);
  });
});

describe('who may', () => {
  const officer = { name: '何静', isAtDesk: true, isLeader: false };
  const leader = { name: '周明远', isAtDesk: true, isLeader: true };
  const department = { name: '郭铁山', isAtDesk: false, isLeader: false };
  it.each([
    ['clear', officer, '郭铁山', null],
    ['clear', officer, '何静', 'own-statement'],
    ['clear', department, '何静', 'forbidden'],
    ['approve', officer, '郭铁山', 'forbidden'],
    ['approve', leader, '郭铁山', null],
    ['approve', leader, '周明远', 'own-statement'],
    ['publish', officer, '何静', null],
    ['publish', department, '郭铁山', 'forbidden'],
    ['edit', department, '郭铁山', null],
    ['submit', department, '郭铁山', null],
  ] as const)('%s by %j of what %s wrote: %s', (action, person, author, code) => {
    expect(statementRoleRefusal(action, person, author)?.code ?? null).toBe(code);
  });
});

describe('secrecyHits', () => {
  it.each<[string, string[]]>([
    ['明火已扑灭，17人受伤送医。', []],
    ['机密★10年 关于处置情况的报告', ['stop 机密', 'stop ★10年']],
    ['内部资料 注意保存', ['stop 内部资料', 'stop 注意保存']],
    ['身份证号 510107199001011234', ['stop 510107199001011234']],
    ['请拨打13800138000咨询', ['look 13800138000']],
    ['咨询电话0871-66778899', []],
    ['编号5101071990010112345', []],
    ['来电人张小红，家住金盆村', ['look 来电人张小红']],
    ['按领导批示办理', ['look 领导批示']],
  ])('%s', (text, hits) => expect(secrecyHits(text).map(({ weight, matched }) => `${weight} ${matched}`)).toEqual(hits));
});
