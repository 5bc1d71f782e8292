export interface SparklineProps {
  values: readonly (number | null)[];
  width?: number;
  height?: number;
  colour?: string;
}

const PAD = 2;

/** The strokes of a line with gaps: a missing value ends one and begins the next. */
export function sparkPaths(values: readonly (number | null)[], width: number, height: number): string[] {
  const known = values.filter((value) => value !== null);
  const top = Math.max(...known, 0);
  const bottom = Math.min(...known, 0);
  const x = (index: number) => PAD + (index * (width - 2 * PAD)) / Math.max(values.length - 1, 1);
  const y = (value: number) => height - PAD - ((value - bottom) * (height - 2 * PAD)) / (top - bottom || 1);
  const paths: string[] = [];
  let open = false;
  values.forEach((value, index) => {
    if (value === null) {
      open = false;
      return;
    }
    const point = `${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    if (open) paths[paths.length - 1] += `L${point}`;
    else paths.push(`M${point}`);
    open = true;
  });
  return paths;
}

/** A line of a word's size. An ornament of the figure beside it: hidden from screen readers. */
export function Sparkline({
  values,
  width = 80,
  height = 20,
  colour = "var(--ui-series-1)",
}: SparklineProps) {
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden focusable="false">
      {sparkPaths(values, width, height).map((path) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke={colour}
          strokeWidth={1.5}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
    </svg>
  );
}
