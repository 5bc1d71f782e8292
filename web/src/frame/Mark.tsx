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
      <path d="M8 6c0 14 16 12 16 26v10" stroke="var(--mantine-primary-color-filled)" />
      <path d="M40 6c0 14-16 12-16 26" stroke="var(--mantine-primary-color-filled)" opacity={0.55} />
    </svg>
  );
}
