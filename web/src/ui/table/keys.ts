const PAGE = 10;

/** Where a key moves to in a list of so many rows; null when it does not move. */
export function keyMove(key: string, from: number, count: number): number | null {
  const to: Record<string, number> = {
    j: from + 1,
    ArrowDown: from + 1,
    k: from - 1,
    ArrowUp: from - 1,
    PageDown: from + PAGE,
    PageUp: from - PAGE,
    Home: 0,
    End: count - 1,
  };
  const target = to[key];
  return target === undefined ? null : Math.max(0, Math.min(count - 1, target));
}
