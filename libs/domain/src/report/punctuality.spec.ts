import { cameDue, changeText, onTimeRate, rateText } from './punctuality.js';

describe('按时率', () => {
  it.each([
    [0, 0, 0, null, '—'],
    [3, 0, 0, 1, '100%'],
    [3, 0, 1, 0.75, '75%'],
    [3, 1, 0, 0.75, '75%'],
    [0, 0, 5, 0, '0%'],
    [1999, 1, 0, 0.9995, '99.9%'],
    [2, 1, 0, 2 / 3, '66.6%'],
    [9, 1, 0, 0.9, '90%'],
  ])('%d on time, %d late, %d overdue: %p', (onTime, late, overdue, rate, text) => {
    expect(onTimeRate({ onTime, late, overdue })).toBe(rate);
    expect(rateText(rate)).toBe(text);
    expect(cameDue({ onTime, late, overdue })).toBe(onTime + late + overdue);
  });
});

describe('环比', () => {
  it.each([
    [5, 5, '持平'],
    [0, 0, '持平'],
    [5, 0, '增加 5'],
    [62, 50, '增加 12（+24.0%）'],
    [38, 50, '减少 12（−24.0%）'],
    [0, 50, '减少 50（−100.0%）'],
  ])('%d after %d: %s', (now, then, text) => expect(changeText(now, then)).toBe(text));
});
