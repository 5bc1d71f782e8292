/** The accent, bright enough on either ground. */
const STREAM = "light-dark(var(--mantine-color-river-7), var(--mantine-color-river-4))";

/** Two streams that join. */
export function Mark({ size }: { size: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 48 48"
      fill="none"
      strokeWidth={5}
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M8 6c0 14 16 12 16 26v10" stroke={STREAM} />
      <path d="M40 6c0 14-16 12-16 26" stroke={STREAM} opacity={0.55} />
    </svg>
  );
}
