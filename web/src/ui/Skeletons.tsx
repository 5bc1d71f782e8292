import { Skeleton, Stack } from "@mantine/core";

/** Grey lines in the place of text that is on its way. */
export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  return (
    <Stack gap="sm" aria-hidden aria-busy>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are alike and never move
        <Skeleton key={line} height={14} width={line === lines - 1 ? "60%" : "100%"} radius="sm" />
      ))}
    </Stack>
  );
}

/** A grey block of the height of what is on its way (a chart, a card), so that nothing jumps. */
export function SkeletonBlock({ height }: { height: number }) {
  return <Skeleton height={height} radius="md" aria-hidden aria-busy />;
}

/** A page that is on its way: title, filters, body. */
export function PageSkeleton() {
  return (
    <Stack gap="md" aria-hidden aria-busy>
      <Skeleton height={28} width={220} radius="sm" />
      <Skeleton height={32} width={320} radius="xl" />
      <Skeleton height={400} radius="md" />
    </Stack>
  );
}
