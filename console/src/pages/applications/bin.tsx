/** A bin, for buttons that take something out of a list; their label says what. */
export function Bin() {
  return (
    <svg
      width="16"
      height="16"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      aria-hidden="true"
    >
      <path d="M2.5 4.5h11M6 4.5V2.75h4V4.5M4 4.5l.6 8.75h6.8L12 4.5M6.6 7v4M9.4 7v4" strokeLinecap="round" />
    </svg>
  );
}
