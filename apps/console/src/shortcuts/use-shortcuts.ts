import { useEffect, useRef } from 'react';
import { read, type Pending, type Shortcut } from './keys.js';

/** Every set of shortcuts now alive, the page's own last: it wins over the shell's. */
const alive = new Set<{ current: readonly Shortcut[] }>();
let pending: Pending | null = null;

/** What the help overlay lists. */
export const livingShortcuts = (): Shortcut[] => [...alive].flatMap(({ current }) => current);

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Enter on a link or a button is that link's or button's own. */
function ownKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a,button,summary,[role=button]') !== null;
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || typing(event.target) || ownKey(event)) return;
  // A dialog or drawer has the keyboard to itself.
  if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null) return;
  const answer = read(event, livingShortcuts().reverse(), pending, event.timeStamp);
  pending = answer.pending;
  if (answer.hit === null) return;
  event.preventDefault();
  answer.hit.run();
}

/** Gives these shortcuts to the keyboard while the component stands. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const held = useRef(shortcuts);
  useEffect(() => {
    held.current = shortcuts;
  });
  useEffect(() => {
    if (alive.size === 0) document.addEventListener('keydown', onKeyDown);
    alive.add(held);
    return () => {
      alive.delete(held);
      if (alive.size === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
