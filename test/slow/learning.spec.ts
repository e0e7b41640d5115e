import { join, resolve } from 'node:path';
import { readJudgingConfig } from '../../apps/classifier/src/judging/index.js';
import { learn, readHistory, type LabelledText } from '../../apps/classifier/src/learning/index.js';
import { describeWith, measuredData } from '../support/measured-data.js';

const FOLDER = measuredData();
const lexicon = readJudgingConfig(resolve(__dirname, '../../config'));

jest.setTimeout(180_000);

/** Learning is deterministic: these are floors for whoever changes it, on texts that were held out with copies kept together. */
describeWith(FOLDER, 'learning from real messages and posts')('what is learned', () => {
  const textsOf = async (file: string) => (await readHistory(join(FOLDER!, file))).texts;
  const figuresOf = (texts: readonly LabelledText[]) => learn(texts, lexicon, 'measured').figures;

  it('tells topics at least as well as a balanced linear machine over characters does', async () => {
    const texts = await textsOf('messages/topic.jsonl');
    expect(figuresOf(texts).topic!.macroF1).toBeGreaterThanOrEqual(0.9);
    const titles = texts.filter(({ title }) => title !== '').map((one) => ({ ...one, text: '' }));
    expect(figuresOf(titles).topic!.macroF1).toBeGreaterThanOrEqual(0.83);
  });

  it('tells moods and rumours', async () => {
    expect(figuresOf(await textsOf('weibo/sentiment.jsonl')).sentiment!.negativeF1).toBeGreaterThanOrEqual(0.78);
    expect(figuresOf(await textsOf('weibo/rumour.jsonl')).rumour!.macroF1).toBeGreaterThanOrEqual(0.86);
  });
});
