import { loadSegmenter } from '../segmenter.js';
import { spotsOf } from './spots.js';

const segmenter = loadSegmenter(() => undefined);

describe('spotsOf', () => {
  it.each([
    ['枫桥花园小区三栋起火', ['枫桥']],
    ['家住林柏梅小区，门口的学府路堵车', ['林柏梅', '学府']],
    ['我们小区和附近小区都停水，老旧小区怎么办', []],
    ['澄湖小学门口的解放路', ['澄湖', '解放']],
    ['没有地方', []],
  ])('%s', (text, spots) => expect(spotsOf(segmenter.cut(text))).toEqual(spots));
});
