/** A search somebody wants to come back to: a name and the address's query string. */
export interface SavedView {
  name: string;
  search: string;
}

/** Reads what was stored; anything that is not a list of views counts as none. */
export function parseViews(stored: string | null): SavedView[] {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value)
      ? value.filter((view): view is SavedView => typeof view?.name === 'string' && typeof view?.search === 'string')
      : [];
  } catch {
    return [];
  }
}

/** Adds a view; the same name again replaces it. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view];
}
