/** What a look at the links between a document and its interpretation found; null where a page could not be had. */
export interface LookedLinks {
  documentLeads: boolean | null;
  interpretationLeads: boolean | null;
  failure: string | null;
  /** ISO instant. */
  at: string;
}

/** What is kept of the looks so far. */
export interface KeptLinks extends LookedLinks {
  /** ISO instant of the first of the looks that found them broken one after the other; absent while they are whole. */
  brokenSince?: string | undefined;
  /** Its owner was told of this break. */
  told?: boolean | undefined;
}

/** 双向链接 are broken where a page does not lead to the other, or cannot be had. */
export function isBroken({ documentLeads, interpretationLeads }: LookedLinks): boolean {
  return documentLeads !== true || interpretationLeads !== true;
}

/**
 * What is kept after another look, and whether the owner is told (断链). A page that is away at one look may be back at the next, so only
 * the second look in a row tells; that a link is missing from a page that was read is sure at once. Each break is told once.
 */
export function afterLook(before: KeptLinks | null, found: LookedLinks): { kept: KeptLinks; tells: boolean } {
  if (!isBroken(found)) return { kept: found, tells: false };
  const isSure = before?.brokenSince !== undefined || found.documentLeads === false || found.interpretationLeads === false;
  const wasTold = before?.brokenSince !== undefined && before.told === true;
  return { kept: { ...found, brokenSince: before?.brokenSince ?? found.at, told: wasTold || isSure }, tells: isSure && !wasTold };
}
