/** Words that say nothing of what a sentence is about; asking words among them. */
const EMPTY_WORDS =
  /请问|询问|希望|要求|请求|有关部门|相关部门|能不能|是不是|有没有|要不要|会不会|什么时候|什么时间|为什么|怎么回事|怎么办|是否|能否|可否|何时|多久|多少|多长|为何|哪里|哪儿|哪个|哪些|到底|究竟|什么|怎么|如何|是谁|公布|公开|告知|说明|回应|解释|答复|已经|目前|截至|正在|进行|我们|他们|大家|市民|网友|群众|来电|反映|一下|可以|以及|关于|情况|这个|那个/g;
const FUNCTION_SIGNS = /[的了吗呢吧啊呀是在有和与及或就都也还又把被对从向为以于之其这那你我他她它们个一不能会要想让给到出上下来去谁几]/g;

/** Pairs of characters that carry the matter of a text: what two sentences about one thing have in common. */
export function matterPairs(text: string): Set<string> {
  const pairs = new Set<string>();
  for (const run of text
    .replace(EMPTY_WORDS, ' ')
    .replace(FUNCTION_SIGNS, ' ')
    .match(/[\u4e00-\u9fff]{2,}/g) ?? []) {
    for (let i = 0; i + 1 < run.length; i++) pairs.add(run.slice(i, i + 2));
  }
  return pairs;
}

export function sharedCount(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let count = 0;
  for (const pair of one) if (other.has(pair)) count++;
  return count;
}

/** Share of what either holds that both hold, 0–1. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const shared = sharedCount(one, other);
  return shared === 0 ? 0 : shared / (one.size + other.size - shared);
}
