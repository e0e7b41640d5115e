import { loadSegmenter, MatterReader } from '@huiying/text';
import { readMessages } from './read-messages.js';
import { storiesOf } from './stories-of-file.js';

const SAY_EVERY = 1000;

/**
 * `npm run --silent stories -- FILE`: puts messages of a file into stories, from the file alone. JSON Lines `{id, text | title + detail,
 * time}` in, `{id, story}` out in the same order, nothing else on standard output; progress on standard error.
 */
async function main([file, ...rest]: string[]): Promise<void> {
  if (!file || rest.length > 0) throw new Error('usage: npm run --silent stories -- FILE');
  const messages = await readMessages(file);
  const reader = new MatterReader(loadSegmenter((sentence) => console.error(sentence)));
  const stories = storiesOf(messages, reader, (done) => {
    if (done % SAY_EVERY === 0) console.error(`stories: ${done} of ${messages.length}`);
  });
  const numbers = new Map([...new Set(stories)].map((id, i) => [id, `s${i + 1}`]));
  const lines = messages.map(({ id }, i) => `${JSON.stringify({ id, story: numbers.get(stories[i]!)! })}\n`);
  process.stdout.write(lines.join(''));
  console.error(`stories: ${messages.length} messages, ${numbers.size} stories`);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
