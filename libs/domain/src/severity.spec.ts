import { gradeByAttention, gradeIncident, type FactFigure, type IncidentFacts, type IncidentKind } from './severity.js';
import type { SeverityLevel } from './severity-level.js';

const exact = (value: number | null): FactFigure => ({ value, bound: 'exact' });
const atLeast = (value: number): FactFigure => ({ value, bound: 'at-least' });
const atMost = (value: number): FactFigure => ({ value, bound: 'at-most' });

describe('gradeIncident', () => {
  const edges: [IncidentKind, IncidentFacts, SeverityLevel | null][] = [
    // 令493号第三条: “以上”包括本数, “以下”不包括本数
    ['production-safety', { deaths: exact(0) }, 'IV'],
    ['production-safety', { deaths: exact(2) }, 'IV'],
    ['production-safety', { deaths: exact(3) }, 'III'],
    ['production-safety', { deaths: exact(9) }, 'III'],
    ['production-safety', { deaths: exact(10) }, 'II'],
    ['production-safety', { deaths: exact(29) }, 'II'],
    ['production-safety', { deaths: exact(30) }, 'I'],
    ['production-safety', { injuries: exact(9) }, 'IV'],
    ['production-safety', { injuries: exact(10) }, 'III'],
    ['production-safety', { injuries: exact(49) }, 'III'],
    ['production-safety', { injuries: exact(50) }, 'II'],
    ['production-safety', { injuries: exact(99) }, 'II'],
    ['production-safety', { injuries: exact(100) }, 'I'],
    ['production-safety', { 'loss-yuan': exact(9_999_999.99) }, 'IV'],
    ['production-safety', { 'loss-yuan': exact(10_000_000) }, 'III'],
    ['production-safety', { 'loss-yuan': exact(49_999_999) }, 'III'],
    ['production-safety', { 'loss-yuan': exact(50_000_000) }, 'II'],
    ['production-safety', { 'loss-yuan': exact(99_999_999) }, 'II'],
    ['production-safety', { 'loss-yuan': exact(100_000_000) }, 'I'],
    // any one is enough; the gravest counts
    ['fire', { deaths: exact(1), injuries: exact(12), 'loss-yuan': exact(60_000_000) }, 'II'],
    ['traffic', { deaths: exact(2), injuries: exact(9) }, 'IV'],
    // missing count with the dead, acute poisoning with the injured
    ['production-safety', { deaths: exact(2), missing: exact(1) }, 'III'],
    ['production-safety', { injuries: exact(4), poisoned: exact(6) }, 'III'],
    // bounds
    ['production-safety', { deaths: atMost(30) }, 'II'],
    ['production-safety', { deaths: atMost(3) }, 'IV'],
    ['production-safety', { deaths: atLeast(30) }, 'I'],
    ['production-safety', { 'loss-yuan': atMost(100_000_000) }, 'II'],
    // unknown is not zero, and not enough to grade
    ['production-safety', {}, null],
    ['production-safety', { deaths: exact(null) }, null],
    ['production-safety', { trapped: exact(12) }, null],
    ['production-safety', { deaths: exact(null), injuries: exact(12) }, 'III'],
    ['environment', { evacuated: exact(4_999) }, 'IV'],
    ['environment', { evacuated: exact(5_000) }, 'III'],
    ['environment', { evacuated: exact(10_000) }, 'II'],
    ['environment', { evacuated: exact(50_000) }, 'I'],
    ['environment', { poisoned: exact(10) }, 'III'],
    ['environment', { 'loss-yuan': exact(5_000_000) }, 'III'],
    ['environment', { 'loss-yuan': exact(20_000_000) }, 'II'],
    ['food-safety', { poisoned: exact(99) }, 'IV'],
    ['food-safety', { poisoned: exact(100) }, 'III'],
    ['food-safety', { poisoned: exact(5), deaths: exact(1) }, 'III'],
    ['food-safety', { poisoned: exact(100), deaths: exact(1) }, 'II'],
    ['food-safety', { deaths: exact(10) }, 'II'],
    ['food-safety', { injuries: exact(120) }, 'III'],
    ['natural-disaster', { deaths: exact(2), missing: exact(8) }, 'II'],
    ['natural-disaster', { evacuated: exact(50_000) }, 'II'],
    ['natural-disaster', { evacuated: exact(49_999) }, 'IV'],
    ['social-security', { deaths: exact(3) }, 'III'],
    ['public-health', { deaths: exact(0) }, 'IV'],
  ];
  it.each(edges)('%s %j is %s', (kind, facts, level) => expect(gradeIncident(kind, facts)?.level ?? null).toBe(level));

  it('names the clause and the sum that reached the level', () => {
    const grading = gradeIncident('fire', { deaths: exact(3), injuries: exact(11), 'loss-yuan': exact(null) })!;
    expect(grading.basis).toBe('law');
    expect(grading.citation).toContain('493号）第三条');
    expect(grading.grounds).toEqual(['死亡（含失踪）3人，达到较大标准（3人以上）', '重伤（含急性中毒）11人，达到较大标准（10人以上）']);
    expect(grading.unknown).toEqual(['loss-yuan']);
  });

  it('writes money in 万 and 亿', () => {
    expect(gradeIncident('fire', { 'loss-yuan': exact(63_500_000) })!.grounds).toEqual([
      '直接经济损失6350万元，达到重大标准（5000万元以上）',
    ]);
    expect(gradeIncident('fire', { 'loss-yuan': atLeast(123_000_000) })!.grounds).toEqual([
      '直接经济损失1.23亿元，达到特别重大标准（1亿元以上）',
    ]);
  });

  it('says where law grades nothing', () => {
    expect(gradeIncident('social-security', { deaths: exact(1) })).toMatchObject({ level: 'IV', basis: 'house' });
  });
});

describe('gradeByAttention', () => {
  it.each([
    [false, 'none', 'IV'],
    [true, 'none', 'III'],
    [false, 'local', 'III'],
    [true, 'local', 'III'],
    [false, 'national', 'II'],
    [true, 'national', 'II'],
  ] as const)('key category %s, spread %s is %s', (key, spread, level) => {
    expect(gradeByAttention(key, spread)).toMatchObject({ level, basis: 'house' });
  });
});
