import { z } from 'zod';
import { channel } from './events/opinion-collected.v1.js';

const selector = z.string().trim().min(1).max(300);
/** Keys joined by dots, list places in brackets: data.list[0].title; empty means the value itself. */
const jsonPath = z
  .string()
  .trim()
  .max(200)
  .regex(/^(?:[^.[\]]+|\[\d+\])?(?:\.[^.[\]]+|\[\d+\])*$/, 'must be keys joined by dots, like data.list');

/** How a list of links on a web page is read. All of it may be left out: then the list is found by itself. */
export const pageReading = z
  .object({
    /** CSS selector of one entry of the list. */
    item: selector.optional(),
    /** Within an entry; without it the entry's longest link. */
    link: selector.optional(),
    title: selector.optional(),
    date: selector.optional(),
    /** The link to the next page of the list. */
    next: selector.optional(),
    /** Pages of the list that are read at once. */
    pages: z.int().min(1).max(10).default(1),
    /** The article's own text on its page; without it the text is found by itself. */
    content: selector.optional(),
    /** false: the list alone is read, and each entry's own words there are its text. */
    articles: z.boolean().default(true),
  })
  .strict();
export type PageReading = z.infer<typeof pageReading>;

/** Where in a JSON answer the entries stand, and what each is made of. */
export const jsonReading = z
  .object({
    items: jsonPath.default(''),
    title: jsonPath.optional(),
    text: jsonPath.optional(),
    link: jsonPath.optional(),
    /** What an entry is recognised by; its link where not given. */
    id: jsonPath.optional(),
    author: jsonPath.optional(),
    date: jsonPath.optional(),
  })
  .strict();
export type JsonReading = z.infer<typeof jsonReading>;

export const SOURCE_KINDS = ['feed', 'page', 'json', 'hotline'] as const;
const SECONDS = 'must be a whole number from 30 to 86400';

/** What staff lay down of a source (信源), in config/sources.yaml or on the console. An unknown key is a fault, not a wish. */
export const sourceSetting = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and dashes, starting with a letter'),
    name: z.string().trim().min(1).max(60),
    /** feed: RSS, RDF, Atom or JSON Feed. page: a list of links in HTML. json: an address that answers JSON. hotline: 12345 records are posted to us. */
    kind: z.enum(SOURCE_KINDS),
    channel,
    url: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .default(null),
    pollSeconds: z.int().min(30, SECONDS).max(86_400, SECONDS).default(300),
    /** Where given, the interval follows the source's own rhythm between pollSeconds and this. */
    pollSecondsMost: z.int().min(30, SECONDS).max(86_400, SECONDS).optional(),
    /** A local source: a text without a place name is taken to be about this city. */
    belongsToCity: z.boolean(),
    /** Zone of dates that name none, e.g. -05:00; without it they are read as Beijing time. */
    zone: z
      .string()
      .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'must be like +08:00')
      .optional(),
    /** false: robots.txt is not asked; for a site whose owner has agreed. */
    heedsRobots: z.boolean().optional(),
    /** Nobody is told of a silence shorter than this. */
    silentAfterHours: z.int().min(1).max(720).optional(),
    /** true: a list of the city's own policy documents (政策文件库); its entries go to the register of documents, not to judging. */
    policies: z.boolean().optional(),
    page: pageReading.optional(),
    json: jsonReading.optional(),
  })
  .strict()
  .superRefine((entry, fault) => {
    const issue = (path: string, message: string) => fault.addIssue({ code: 'custom', path: [path], message });
    if (entry.kind !== 'hotline' && entry.url === null) issue('url', `a ${entry.kind} needs the address to poll`);
    if (entry.kind === 'hotline' && entry.url !== null) issue('url', 'a hotline is posted to us and has no address to poll');
    if ((entry.kind === 'hotline') !== (entry.channel === 'hotline')) issue('channel', 'must be hotline exactly where kind is hotline');
    if (entry.page !== undefined && entry.kind !== 'page') issue('page', 'is for a source of kind page only');
    if (entry.policies === true && entry.kind === 'hotline') issue('policies', 'is not for a hotline');
    if (entry.json !== undefined && entry.kind !== 'json') issue('json', 'is for a source of kind json only');
    if (entry.pollSecondsMost !== undefined && entry.pollSecondsMost < entry.pollSeconds)
      issue('pollSecondsMost', 'must not be less than pollSeconds');
  });
export type SourceSetting = z.infer<typeof sourceSetting>;
