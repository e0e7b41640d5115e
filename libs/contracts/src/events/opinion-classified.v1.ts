import { z } from 'zod';
import { envelope, reason, severityLevel } from './envelope.js';
import { schemeEffect } from './scheme-changed.v1.js';
import { opinionCollectedV1 } from './opinion-collected.v1.js';

/** 国办发〔2016〕61号: the five classes that must be answered first (需重点回应五类), and the sixth that provinces add. */
export const keyCategory = z.enum(['policy-misread', 'vital-interest', 'moral-shock', 'emergency', 'superior-request', 'social-hotspot']);

/** 国办发〔2016〕80号: how opinions are handled by their nature (分类处置), each with its public act. */
export const dispositionClass = z.enum(['constructive', 'difficulty', 'grave-problem', 'unclear', 'mistaken']);

/** 国办发〔2016〕61号: who is responsible first (第一责任主体), by what the matter touches. */
export const routingSituation = z.enum(['national-policy', 'city-policy', 'vertical', 'several-places', 'several-departments', 'general']);

/** A fact read from the text. `value` null means mentioned but not known: unknown is not zero. */
export const extractedFact = z.object({
  kind: z.enum(['deaths', 'injuries', 'missing', 'evacuated', 'poisoned', 'trapped', 'loss-yuan']),
  value: z.number().nullable(),
  /** exact, or a bound: 至少/以上/余 give at-least, 近/不足 give at-most. */
  bound: z.enum(['exact', 'at-least', 'at-most']),
  phrase: z.string(),
});

export const judgement = z.object({
  jurisdiction: z.object({
    verdict: z.enum(['ours', 'not-ours', 'unsure']),
    /** District or street names recognised, most specific first. */
    places: z.array(z.string()),
    reasons: z.array(reason),
  }),
  publicOpinion: z.object({
    /** Whether this is 政务舆情 of this city. */
    verdict: z.boolean(),
    score: z.number().min(0).max(1),
    keyCategory: keyCategory.nullable(),
    reasons: z.array(reason),
  }),
  topic: z
    .object({
      code: z.string(),
      name: z.string(),
      score: z.number().min(0).max(1),
      reasons: z.array(reason),
      /** Where the city's catalogue (事项目录) files it; told by the API, which reads the catalogue that is in use now. */
      filed: z.object({ catalogue: z.string(), code: z.string(), path: z.array(z.string()) }).optional(),
    })
    .nullable(),
  /** Lead department (牵头) first, then co-departments (协办). */
  departments: z.array(
    z.object({ departmentId: z.string(), name: z.string(), role: z.enum(['lead', 'co']), score: z.number(), reasons: z.array(reason) }),
  ),
  severity: z.object({
    /** How grave the matter is to the house: the level of the incident, or where law grades nothing this system's own scale. */
    level: severityLevel,
    /** 事件分级 by law; null where the law grades nothing (社会安全事件, no incident) or no fact that counts is known. */
    eventLevel: severityLevel.nullable().optional(),
    incident: z.string().nullable(),
    facts: z.array(extractedFact),
    reasons: z.array(reason),
  }),
  sentiment: z.object({ label: z.enum(['negative', 'neutral', 'positive']), score: z.number() }),
  /** Which of the five natures, and what is to be done in public; null where it is no 政务舆情. */
  disposition: z
    .object({ class: dispositionClass, action: z.string(), reasons: z.array(reason) })
    .nullable()
    .optional(),
  /** Who is responsible first and who coordinates; null where it is no 政务舆情. */
  routing: z
    .object({ situation: routingSituation, responsible: z.string(), coordinator: z.string(), reasons: z.array(reason) })
    .nullable()
    .optional(),
  /** A hint, never a verdict: how much the wording is that of hearsay; `refuted` where the text itself denies something. */
  rumour: z
    .object({ score: z.number().min(0).max(1), refuted: z.boolean(), reasons: z.array(reason) })
    .nullable()
    .optional(),
  /** Staff's keyword schemes that it matches. */
  schemes: z
    .array(z.object({ schemeId: z.uuid(), name: z.string(), revision: z.int(), effect: schemeEffect, reasons: z.array(reason) }))
    .optional(),
  /** What judged, e.g. lexicon@3f2a91: name and fingerprint of the configuration. */
  judgedBy: z.string(),
});
export type Judgement = z.infer<typeof judgement>;

/**
 * An opinion was judged (研判) and joined to a story (事件).
 * Topic opinion.classified, key storyId: one story stays in order. v1 2026-11 first form.
 */
export const opinionClassifiedV1 = envelope.extend({
  type: z.literal('opinion.classified'),
  version: z.literal(1),
  data: z.object({
    opinion: opinionCollectedV1.shape.data,
    story: z.object({
      storyId: z.uuid(),
      /** How it joined: first of its story, the same text, or nearly the same text. */
      relation: z.enum(['first', 'exact', 'near']),
      /** near by: text = nearly the same text (the default), matter = the same matter in other words. */
      by: z.enum(['text', 'matter']).optional(),
      /** 0..1 against the opinion it joined; 1 for first and exact. */
      similarity: z.number().min(0).max(1),
    }),
    judgement,
  }),
});
export type OpinionClassifiedV1 = z.infer<typeof opinionClassifiedV1>;
