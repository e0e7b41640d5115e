const KINDS = '小区|花园|家园|公寓|大厦|广场|新村|新城|社区|村|路|大道|街|巷|苑|学校|小学|中学|幼儿园|产业园|工业园';
const LAST = new Set('区园寓厦场村城道路街巷苑校学');
/** A name and its kind in one word, and the kind alone. */
const NAMED = new RegExp(`^(\\p{Script=Han}{2,6}?)(?:${KINDS})+$`, 'u');
const KIND = new RegExp(`^\\p{Script=Han}?(?:${KINDS})$`, 'u');
const NAME = /^\p{Script=Han}{2,4}$/u;
const HAN = /^\p{Script=Han}+$/u;
const LITTLE = /[的地得在到了是和与及个条这那我你他有去从过]/;
/** Words that stand before such a kind and name none. */
const NO_NAME =
  /^(?:我们|我家|你们|咱们|他们|老旧|安置|附近|旁边|隔壁|周边|楼下|门口|整个|所有|多个|各个|每个|部分|住宅|居民|农村|乡村|城市|城区|新建|高档|封闭|大型|这个|那个|一个|这条|那条|一条|几个|两个|三个|本地|当地|全国|全市|全县|公办|民办|私立|公立|重点|普通|商业|名校|沿街|临街|主干|公共|美丽|贫困|城中|移民|回迁|请问|关于|希望|由于|因为|以及|政府|现在|目前)/;

/**
 * Estates, villages, roads, schools by their names, without what they are, in order: 锦梧 of 锦梧苑小区. What a text calls “我们小区” names
 * none. @param words of a text, in order
 */
export function spotsOf(words: readonly string[]): string[] {
  const found = new Set<string>();
  words.forEach((word, i) => {
    if (!LAST.has(word.at(-1)!)) return;
    const whole = NO_NAME.test(word) ? null : NAMED.exec(word);
    if (whole) found.add(whole[1]!);
    else if (KIND.test(word)) {
      const name = nameBefore(words, i);
      if (NAME.test(name) && !KIND.test(name) && !NO_NAME.test(name)) found.add(NAMED.exec(name)?.[1] ?? name);
    }
  });
  return [...found];
}

/** An invented name is often cut into a word and a sign: 江晨 and 竹 of “江晨竹广场”. */
function nameBefore(words: readonly string[], i: number): string {
  const [before = '', name = ''] = [words[i - 2], words[i - 1]];
  return name.length === 1 && HAN.test(name + before) && !LITTLE.test(name) ? before + name : name;
}
