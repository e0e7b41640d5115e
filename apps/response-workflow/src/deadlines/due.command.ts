import { readCalendar, readRules } from '@huiying/settings';
import { frontDoor, sayLines, textLines, WrongUsage } from '@huiying/tables/lines';
import { answerDue, type DueBook } from './due-answer.js';
import { questionOfLine, questionOfWords } from './due-question.js';

const USAGE = `usage: npm run --silent due -- --rule ID --start INSTANT
       npm run --silent due -- --working-days N --from DATE
       npm run --silent due -- --between DATE DATE
       npm run --silent due -- FILE        such lines, or JSON objects; - reads them from stdin
Answers as JSON Lines by config/rules and config/calendar. Without a zone an instant is Beijing time.`;

/** `npm run due`: due instants and counts of working days, with nothing but the configuration at hand. */
async function main(words: string[]): Promise<number> {
  if (words.length === 0) throw new WrongUsage();
  const folder = process.env['HUIYING_CONFIG'] ?? 'config';
  const book: DueBook = { rules: readRules(folder), calendar: readCalendar(folder) };
  if (words[0]?.startsWith('--')) {
    await sayLines(answerDue(questionOfWords(words), book));
    return 0;
  }
  if (words.length > 1) throw new WrongUsage(`FILE must be one; got ${words.join(' ')}`);
  return answerLines(words[0]!, book);
}

/** Answers each line with its number; a bad line goes to stderr, and the others are answered all the same. */
async function answerLines(file: string, book: DueBook): Promise<number> {
  let [asked, refused] = [0, 0];
  let answers: object[] = [];
  for await (const line of textLines(file === '-' ? process.stdin : file)) {
    try {
      if ('fault' in line) throw new Error(line.fault);
      const question = questionOfLine(line.text);
      if (question) answers.push(...answerDue(question, book).map((answer) => ({ line: line.number, ...answer })));
      if (question) asked++;
    } catch (error) {
      process.stderr.write(`${file}: line ${line.number}: ${(error as Error).message}\n`);
      refused++;
    }
    if (answers.length >= 500) {
      await sayLines(answers);
      answers = [];
    }
  }
  await sayLines(answers);
  if (asked + refused === 0) process.stderr.write(`${file}: line 1: must be a question; the file asks nothing\n`);
  return asked + refused === 0 || refused > 0 ? 1 : 0;
}

frontDoor(main, { usage: USAGE, failed: 1 });
