import { fold } from './fold.js';

/**
 * What a repost adds and the story does not need: 来源, 记者, 编辑, 电头, 版权 and invitations to follow. Over folded text.
 * Each form is anchored by its own mark, so that a sentence about a reporter stays.
 */
const SOURCE_LINES = [
  /(?:^|\n)[^\n，。]{0,15}?(?:\d{1,2}月\d{1,2}日)?(?:电|讯|消息)\s?[(（](?:记者|通讯员)[^)）]{0,40}[)）]/g,
  /[(（【[]\s*(?:本报|本台|总台|央视|特约|见习|实习)?(?:记者|通讯员|实习生|来源|编辑|责任编辑|责编|原标题|图|摄影|供图|完)(?:[^)）】\]\n]{0,40})[)）】\]]/g,
  /(?:^|[\s。|])(?:信息来源|文章来源|本文来源|新闻来源|来源|稿源|转自|转载自|原标题|责任编辑|责编|编辑|审核|校对|作者|记者|通讯员|供稿|文\/图|图\/文|监制|值班主任)\s?[:：/丨|]\s?[^\s，。；！？|]{0,20}/g,
  /(?:^|\n|。|\s)(?:点击(?:查看|阅读|进入)|阅读原文|扫码关注|长按识别|关注公众号|返回搜狐|查看更多|未经授权|版权所有|转载请注明|特别声明)[^\n。]{0,40}/g,
];
const NOT_TEXT = /[^\p{L}\p{N}]+/gu;

/** The text without the lines that a repost adds, folded. */
export function withoutSourceLines(text: string): string {
  let folded = fold(text);
  for (const line of SOURCE_LINES) folded = folded.replace(line, '\n');
  return folded;
}

/** What two copies of one text have in common: folded, without source lines, only letters, characters and digits. */
export function normalise(title: string, text: string): string {
  const head = withoutSourceLines(title).replace(NOT_TEXT, '');
  const body = withoutSourceLines(text).replace(NOT_TEXT, '');
  return body.startsWith(head) ? body : head + body; // many feeds repeat the title in the text
}
