/** Inside a city nobody says its name: 望川市应急管理局 is 市应急管理局, 中共望川市委宣传部 is 市委宣传部. */
export function shortOrgan(name: string, city: string): string {
  const own = name.startsWith('中共') ? name.slice(2) : name;
  return own.startsWith(city) && own.length > city.length + 2 ? `市${own.slice(city.length)}` : name;
}
