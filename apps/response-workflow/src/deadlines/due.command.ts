import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { readCalendar, readRules } from '@huiying/settings';
import { answerDue, type DueBook } from './due-answer.js';
import { questionOfLine, questionOfWords } from './due-question.js';

const USAGE = `usage: npm run --silent due -- --rule ID --start INSTANT
       npm run --silent due -- --working-days N --from DATE
       npm run --silent due -- --between DATE DATE
       npm run --silent due -- FILE        such lines, or JSON objects; - or nothing reads them from stdin
Answers as JSON Lines by config/rules and config/calendar. Without a zone an instant is Beijing time.`;

/** `npm run due`: due instants and counts of working days, with nothing but the configuration at hand. */
async function main(words: string[]): Promise<void> {
  if (words[0] === '--help') return void process.stderr.write(`${USAGE}\n`);
  const folder = process.env['HUIYING_CONFIG'] ?? 'config';
  const book: DueBook = { rules: readRules(folder), calendar: readCalendar(folder) };
  if (words[0]?.startsWith('--')) {
    await write(answerDue(questionOfWords(words), book));
    return;
  }
  if (words.length > 1 || (words.length === 0 && process.stdin.isTTY)) throw new Error(USAGE);
  const file = words[0] ?? '-';
  await answerLines(file === '-' ? process.stdin : createReadStream(file), book);
}

/** Answers each line with its number; a bad line goes to stderr, and the others are answered all the same. */
async function answerLines(input: NodeJS.ReadableStream, book: DueBook): Promise<void> {
  let number = 0;
  let answers: object[] = [];
  const lines = createInterface({ input, crlfDelay: Infinity });
  for await (const text of lines) {
    number += 1;
    try {
      const question = questionOfLine(number === 1 ? text.replace(/^\uFEFF/, '') : text);
      if (question) answers.push(...answerDue(question, book).map((answer) => ({ line: number, ...answer })));
    } catch (error) {
      process.stderr.write(`line ${number}: ${(error as Error).message}\n`);
      process.exitCode = 1;
    }
    if (answers.length >= 500) {
      await write(answers);
      answers = [];
    }
  }
  await write(answers);
}

async function write(answers: readonly object[]): Promise<void> {
  if (answers.length === 0) return;
  if (!process.stdout.write(`${answers.map((answer) => JSON.stringify(answer)).join('\n')}\n`)) await once(process.stdout, 'drain');
}

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
