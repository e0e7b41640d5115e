import { toCsv } from './csv.js';

it('quotes what needs quoting and marks the encoding', () => {
  expect(
    toCsv(
      [],
      ['a', 'b'],
      [
        ['x,y', '他说"好"'],
        [null, 3],
      ],
    ),
  ).toBe('\uFEFFa,b\r\n"x,y","他说""好"""\r\n,3\r\n');
});
it.each([
  ['=1+1', "'=1+1"],
  ['+86', "'+86"],
  ['-x', "'-x"],
  ['@x', "'@x"],
])('disarms %s', (value, shown) => {
  expect(toCsv([], ['a'], [[value]])).toContain(`\r\n${shown}\r\n`);
});
it('leaves a negative number a number', () => expect(toCsv([], ['a'], [[-3]])).toContain('\r\n-3\r\n'));
it('puts the filters at the head', () => expect(toCsv(['条件：超时'], ['a'], []).startsWith('\uFEFF条件：超时\r\na')).toBe(true));
