import { useState } from 'react';

/** Texts up to this length stand as they are: four lines of a narrow column. */
const FOLDED_FROM = 120;

/** A text of up to thousands of characters in a list or a timeline: its first lines, the rest on asking. In print it stands whole. */
export function Folded({ text }: { text: string }) {
  const [open, setOpen] = useState(false);
  if (text.length <= FOLDED_FROM && text.split('\n').length <= 3) return text;
  return (
    <span className="folded" data-testid="folded">
      <span className={open ? undefined : 'folded-text'}>{text}</span>
      <button type="button" className="folded-more no-print" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? '收起' : `展开（共 ${text.length} 字）`}
      </button>
    </span>
  );
}
