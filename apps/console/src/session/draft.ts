import { useState } from 'react';

/** What somebody has typed survives a reload and an expired session, in this tab only. */
export function useDraft(key: string): { draft: string; keep: (text: string) => void; drop: () => void } {
  const name = `huiying.draft.${key}`;
  const [draft] = useState(() => sessionStorage.getItem(name) ?? '');
  return {
    draft,
    keep: (text) => (text.trim() === '' ? sessionStorage.removeItem(name) : sessionStorage.setItem(name, text)),
    drop: () => sessionStorage.removeItem(name),
  };
}
