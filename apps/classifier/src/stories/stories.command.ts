import { parseArgs } from 'node:util';
import { loadSegmenter, MatterReader } from '@huiying/text';
import { frontDoor, sayLines, WrongUsage } from '@huiying/tables/lines';
import { readMessages } from './read-messages.js';
import { storiesOf } from './stories-of-file.js';

const USAGE = 'usage: npm run --silent stories -- FILE';
const SAY_EVERY = 1000;

/**
 * `npm run --silent stories -- FILE`: puts messages of a file into stories, from the file alone. JSON Lines `{id, text | title + detail,
 * time}` in, `{id, story}` out in the same order, nothing else on standard output; progress and refused lines on standard error. Ends with 1
 * when a line was refused.
 */
async function main(args: string[]): Promise<number> {
  const [file, ...rest] = parseArgs({ args, allowPositionals: true, options: {} }).positionals;
  if (!file || rest.length > 0) throw new WrongUsage();
  let refused = 0;
  const refuse = (fault: string) => {
    refused++;
    console.error(`${file}: ${fault}`);
  };
  const messages = await readMessages(file, ({ message }) => refuse(message));
  if (messages.length + refused === 0) refuse('line 1 must be one JSON object; the file is empty');
  const reader = new MatterReader(loadSegmenter((sentence) => console.error(sentence)));
  const stories = storiesOf(messages, reader, (done) => {
    if (done % SAY_EVERY === 0) console.error(`stories: ${done} of ${messages.length}`);
  });
  const numbers = new Map([...new Set(stories)].map((id, i) => [id, `s${i + 1}`]));
  await sayLines(messages.map(({ id }, i) => ({ id, story: numbers.get(stories[i]!)! })));
  console.error(`stories: ${messages.length} messages, ${numbers.size} stories, ${refused} lines refused`);
  return refused > 0 ? 1 : 0;
}

frontDoor(main, { usage: USAGE, failed: 1 });
