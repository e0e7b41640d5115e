import type { Georeport, GeoreportService } from './hotline-adapters.js';

type Services = readonly Pick<GeoreportService, 'code' | 'categories'>[];

/** Folder of config/hotline whose mapping says what our orders are by Open311. */
export const OPEN311_ADAPTER = 'open311';

export function georeportService({ services }: Georeport, code: string): GeoreportService | null {
  return services.find((one) => one.code === code) ?? null;
}

/** The service that an order is of: by its matter's code, else by its word, else the last one, which takes the rest. */
export function serviceOf<S extends Services[number]>(
  services: readonly S[],
  order: { categoryCode: string | null; category: string | null },
): S {
  return (
    services.find(({ code }) => code === order.categoryCode) ??
    services.find(({ categories }) => order.category !== null && categories.includes(order.category)) ??
    services.at(-1)!
  );
}

/** What services of these codes are of, as a filter over orders; `serviceOf` gives the same. */
export function serviceFilter(services: Services, codes: readonly string[]) {
  const wanted = services.filter(({ code }) => codes.includes(code));
  const words = (of: Services) => of.flatMap(({ categories }) => categories);
  // A word that two services have is of the first.
  const earlier = new Map<string, string>();
  for (const { code, categories } of services) for (const word of categories) if (!earlier.has(word)) earlier.set(word, code);
  return {
    codes: wanted.map(({ code }) => code),
    categories: words(wanted).filter((word) => codes.includes(earlier.get(word)!)),
    known: { codes: services.map(({ code }) => code), categories: words(services) },
    rest: codes.includes(services.at(-1)!.code),
  };
}
