import { personName } from './person-name.js';

describe('personName', () => {
  it.each([
    ['王晓', '王晓'],
    ['editor@paper.example (王晓)', '王晓'],
    ['王晓 (editor@paper.example)', '王晓'],
    ['王晓（editor@paper.example）', '王晓'],
    ['Wang Xiao <editor@paper.example>', 'Wang Xiao'],
    ['mailto:editor@paper.example (王晓)', '王晓'],
    ['editor@paper.example', 'editor@paper.example'],
    ['  编辑部\n 民生组 ', '编辑部 民生组'],
    ['', ''],
    ['a@'.repeat(50_000), 'a@'.repeat(50_000)],
  ])('%p', (written, name) => expect(personName(written)).toBe(name));
});
