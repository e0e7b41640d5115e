import { addresseesOf, type ReportList } from './report-sending.js';

const ACCOUNTS = [
  { id: 'p1', name: '严淑华', email: 'Yan@city.example' },
  { id: 'p2', name: '陆文静', email: null },
];
const list = (readers: ReportList['readers'], more: Partial<ReportList> = {}): ReportList => {
  return { id: 'l', name: '领导', kinds: ['weekly'], readers, isOn: true, ...more };
};
const OFFICE = { name: '市府办', address: 'Office@gov.example' };

describe('who gets a report', () => {
  it.each([
    ['nobody without a list', [], []],
    ['nobody by a list of another kind', [list([OFFICE], { kinds: ['daily'] })], []],
    ['nobody by a list that is off', [list([OFFICE], { isOn: false })], []],
    ['somebody outside', [list([OFFICE])], ['office@gov.example']],
    ['an account by its address', [list([{ personId: 'p1' }])], ['yan@city.example']],
    ['an account without one, so that it is seen', [list([{ personId: 'p2' }])], ['person:p2']],
    ['no account that is closed', [list([{ personId: 'p9' }])], []],
    [
      'each once, over lists and spellings',
      [list([OFFICE, { personId: 'p1' }]), list([{ name: '严', address: 'yan@CITY.example' }, OFFICE])],
      ['office@gov.example', 'yan@city.example'],
    ],
  ])('%s', (_, lists, readers) => expect(addresseesOf(lists, 'weekly', ACCOUNTS).map(({ reader }) => reader)).toEqual(readers));
});
