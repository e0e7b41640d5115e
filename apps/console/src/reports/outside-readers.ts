import type { ReportListView } from '@huiying/contracts/http';

/** A line for each reader outside: name, space, address. */
export function outsideLines(readers: ReportListView['readers']): string {
  return readers.flatMap((one) => ('address' in one ? [`${one.name} ${one.address}`] : [])).join('\n');
}

/** What stands last is the address; a line of an address alone is named by it. The server judges addresses. */
export function readOutside(text: string): { name: string; address: string }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const parts = line.split(/[\s,，;；<>]+/).filter((part) => part !== '');
      const address = parts.at(-1)!;
      return { name: parts.slice(0, -1).join(' ') || address, address };
    });
}
