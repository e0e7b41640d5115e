import { useEffect } from 'react';

/** The tab's title: the count of what waits, the page, the product. */
export function tabTitle(page: string, waiting: number): string {
  return `${waiting > 0 ? `(${waiting}) ` : ''}${page} · 回应`;
}

/** The tab's icon, with a mark while something waits. */
export function tabIcon(waiting: number): string {
  if (waiting === 0) return '/favicon.svg';
  const label = waiting > 9 ? '9+' : String(waiting);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#1d4a84"/><circle cx="19" cy="18" r="13" fill="#b3201a"/><text x="19" y="24" font-size="17" font-weight="700" text-anchor="middle" fill="#fff" font-family="sans-serif">${label}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

let pageName = '回应';
let waitingCount = 0;
function show(): void {
  document.title = tabTitle(pageName, waitingCount);
  document.querySelector<HTMLLinkElement>('link[rel=icon]')?.setAttribute('href', tabIcon(waitingCount));
}

/** Names the page in the tab. */
export function usePageTitle(page: string): void {
  useEffect(() => {
    pageName = page;
    show();
  }, [page]);
}

/** Tells the tab how much waits for this person. */
export function useWaitingCount(count: number): void {
  useEffect(() => {
    waitingCount = count;
    show();
    return () => {
      waitingCount = 0;
      show();
    };
  }, [count]);
}
