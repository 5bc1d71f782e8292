import { Stack, Text } from "@mantine/core";
import type { TargetingCondition } from "./model";
import { useTargetingSummary } from "./summary";

/** Who comes through, in plain words. */
export function TargetingSummary({ conditions }: { conditions: readonly TargetingCondition[] }) {
  const summary = useTargetingSummary();
  return (
    <Stack gap={4} translate="no">
      {summary(conditions).map((sentence) => (
        <Text key={sentence}>{sentence}</Text>
      ))}
    </Stack>
  );
}
