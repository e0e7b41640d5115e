/** Line signs of the shell, 20×20, drawn with the current colour. */
const PATHS = {
  board: 'M3 4h6v7H3zM11 4h6v4h-6zM11 10h6v6h-6zM3 13h6v3H3z',
  alerts: 'M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.3',
  opinions: 'M3 4h14v9.5h-7L6.5 17v-3.5H3zM6.5 7.5h7M6.5 10.3h4.5',
  cases: 'M4 3h8l4 4v10H4zM12 3v4h4M7 10.5h6M7 13.5h6',
  tasks: 'M3.5 5.5l1.5 1.5 2.5-3M3.5 13.5L5 15l2.5-3M10 6h7M10 14h7',
  sources: 'M10 15.5v.2M6.8 12.6a4.6 4.6 0 0 1 6.4 0M4.2 9.8a8.4 8.4 0 0 1 11.6 0',
  bell: 'M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.5 17.5h3',
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 17c.4-3.2 2.8-5 6-5s5.6 1.8 6 5',
  phone: 'M5.5 3.5h3l1.2 3.4-1.9 1.5a9 9 0 0 0 3.8 3.8l1.5-1.9 3.4 1.2v3c0 .8-.6 1.5-1.5 1.4C9 15.4 4.6 11 4.1 5c-.1-.9.6-1.5 1.4-1.5z',
  soundOff: 'M3 8h3l4-3.5v11L6 12H3zM13 8l4 4M17 8l-4 4',
  soundOn: 'M3 8h3l4-3.5v11L6 12H3zM13 7.5a4 4 0 0 1 0 5M15 5.5a7 7 0 0 1 0 9',
  door: 'M9 4.5H4.5v11H9M8 10h8.5M13.5 7l3 3-3 3',
  moon: 'M15.5 12.5A6.5 6.5 0 0 1 7.5 4.5a6.5 6.5 0 1 0 8 8z',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 20 20"
      width="18"
      height="18"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
