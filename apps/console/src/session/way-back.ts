/** The login page's address, remembering where somebody wanted to go. */
export function loginPath(wanted: string): string {
  return wanted === '/' ? '/login' : `/login?back=${encodeURIComponent(wanted)}`;
}

/** Where to go after the login: only ever a page of this console, never another site's address. */
export function wayBack(search: string): string {
  const back = new URLSearchParams(search).get('back') ?? '/';
  return ownPath(back) && !back.startsWith('/login') ? back : '/';
}

/** True for a path on this server: `/cases/1`, not `//elsewhere`, not `javascript:`. */
export function ownPath(path: string): boolean {
  return /^\/(?![/\\])/.test(path);
}
