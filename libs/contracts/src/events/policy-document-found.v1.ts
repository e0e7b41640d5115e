import { z } from 'zod';
import { envelope, instant } from './envelope.js';

/**
 * The collector saw a policy document (政策文件) on a source that is one of the city's own lists of them (政策文件库). Topic
 * policy-document.found, key documentId. An edited version is told again with the next revision. v1 2026-11 first form.
 */
export const policyDocumentFoundV1 = envelope.extend({
  type: z.literal('policy-document.found'),
  version: z.literal(1),
  data: z.object({
    /** Made of the source and the entry; no id of the register. */
    documentId: z.uuid(),
    revision: z.int().min(1),
    sourceId: z.string(),
    sourceName: z.string(),
    title: z.string(),
    /** Plain text of the document as the page has it. */
    text: z.string(),
    url: z.string().nullable(),
    publishedAt: instant.nullable(),
    capturedAt: instant,
    /** SHA-256 (hex) of the captured page. */
    sha256: z.string(),
  }),
});
export type PolicyDocumentFoundV1 = z.infer<typeof policyDocumentFoundV1>;
