import { REPORT_STEPS, reportRefusal, stepReport, type ReportAction, type ReportState } from './report-issue.js';

const STATES = Object.keys(REPORT_STEPS) as ReportState[];
const ACTIONS: ReportAction[] = ['edit', 'recount', 'submit', 'return', 'approve', 'correct', 'withdraw'];
const LAWFUL = new Map([
  ['draft edit', 'draft'],
  ['draft recount', 'draft'],
  ['draft submit', 'submitted'],
  ['draft withdraw', 'withdrawn'],
  ['submitted return', 'draft'],
  ['submitted approve', 'approved'],
  ['approved correct', 'approved'],
  ['approved withdraw', 'withdrawn'],
]);

describe('an issue of a report', () => {
  it.each(STATES.flatMap((state) => ACTIONS.map((action) => [state, action] as const)))('%s: %s', (state, action) => {
    const next = LAWFUL.get(`${state} ${action}`);
    if (next !== undefined) return expect(stepReport(state, action)).toBe(next);
    expect(() => stepReport(state, action)).toThrow(expect.objectContaining({ code: `report-${state}` }));
    expect(reportRefusal(state, action)!.said).toMatch(/不能/);
  });
});
