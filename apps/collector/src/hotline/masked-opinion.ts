import type { HotlineRecord } from '@huiying/contracts/http';
import { findPersonal, maskAddress, maskName, maskPhone, maskText } from '@huiying/domain';
import { plainLine, plainText, TEXT_MOST, TITLE_MOST } from '../feeds/index.js';

const HIDDEN = '【已隐去】';
/** Shorter addresses ("望川市") are no address of anybody. */
const SHORTEST_ADDRESS = 6;

type Masker = (text: string) => string;

/**
 * Title and text of a work order as they may leave the collector: the caller's name, phone and address are masked wherever they stand,
 * and so is every other number that names a person. Of a confidential order (要求保密, GB/T 33358) nothing of them is left.
 */
export function maskedOpinion(record: HotlineRecord): { title: string; text: string } {
  const mask = maskerOf(record);
  const text = mask(plainText(record.content, TEXT_MOST));
  const title = mask(plainLine(record.title, TITLE_MOST)) || text.split(/[\n。！？]/, 1)[0]!.slice(0, 40);
  return { title, text };
}

function maskerOf({ caller, address, confidential }: HotlineRecord): Masker {
  const known: [string, string][] = [];
  const name = caller?.name ?? '';
  // A single character is a word of the language before it is somebody's name.
  if ([...name].length >= 2) known.push([name, maskName(name)]);
  if (caller?.phone) known.push([caller.phone, maskPhone(caller.phone)]);
  if (address !== null && address.length >= SHORTEST_ADDRESS) known.push([address, maskAddress(address)]);
  return (text) => {
    const free = confidential ? hidePersonal(text) : maskText(text);
    return known.reduce((masked, [from, to]) => masked.replaceAll(from, confidential ? HIDDEN : to), free);
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
