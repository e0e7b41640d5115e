import type { HotlineRecord } from '@huiying/contracts/http';
import { findPersonal, maskAddress, maskName, maskPhone, maskText } from '@huiying/domain';
import { plainLine, plainText } from '@huiying/fetching/pages';
import { TEXT_MOST, TITLE_MOST } from '../feeds/index.js';

const HIDDEN = '【已隐去】';
/** Shorter addresses ("望川市") are no address of anybody. */
const SHORTEST_ADDRESS = 6;
/** Shorter numbers of a caller would be found in dates and house numbers. */
const SHORTEST_NUMBER = 6;

export interface MaskedOpinion {
  title: string;
  text: string;
}

type Masker = (text: string) => string;

/**
 * Title and text of a work order as they may leave the collector: the caller's name, phone and address are masked wherever they stand,
 * and so is every other number that names a person. Of a confidential order (要求保密, GB/T 33358) nothing of them is left.
 */
export function maskedOpinion(record: HotlineRecord): MaskedOpinion {
  const mask = maskerOf(record);
  const text = mask(plainText(record.content, TEXT_MOST));
  const title = mask(plainLine(record.title, TITLE_MOST)) || text.split(/[\n。！？]/, 1)[0]!.slice(0, 40);
  return { title, text };
}

/** Hides the caller's own data wherever it stands, and what is personal by its form. */
export function maskerOf({ caller, address, queryCode, confidential }: HotlineRecord): Masker {
  const known: [string, string][] = [];
  const name = caller?.name ?? '';
  // A single character is a word of the language before it is somebody's name.
  if ([...name].length >= 2) known.push([name, maskName(name)]);
  if (caller?.phone) known.push([caller.phone, maskPhone(caller.phone)]);
  if (caller?.idNo && caller.idNo.length >= SHORTEST_NUMBER) known.push([caller.idNo, '*'.repeat(caller.idNo.length)]);
  if (queryCode !== null && queryCode.length >= SHORTEST_NUMBER) known.push([queryCode, '*'.repeat(queryCode.length)]);
  if (address !== null && address.length >= SHORTEST_ADDRESS) known.push([address, maskAddress(address)]);
  // What is known is surer than what is found, and longer: it goes first.
  return (text) => {
    const masked = known.reduce((rest, [from, to]) => rest.replaceAll(from, confidential ? HIDDEN : to), text);
    return confidential ? hidePersonal(masked) : maskText(masked);
  };
}

function hidePersonal(text: string): string {
  let out = '';
  let from = 0;
  for (const { start, end } of findPersonal(text)) {
    out += text.slice(from, start) + HIDDEN;
    from = end;
  }
  return out + text.slice(from);
}
