import { weekTable } from './week-table.js';

describe('weekTable', () => {
  it('has the newest week first, and a gap where nobody reviewed', () => {
    const one = { week: '2026-11-16', aspect: 'department' as const, reviewed: 4, correct: 3 };
    const two = { week: '2026-11-23', aspect: 'topic' as const, reviewed: 2, correct: 2 };
    expect(weekTable([one, two])).toEqual({
      aspects: ['topic', 'department'],
      rows: [
        { week: '2026-11-23', cells: [two, null] },
        { week: '2026-11-16', cells: [null, one] },
      ],
    });
  });
});
