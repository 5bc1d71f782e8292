import { Group, Stack, Text } from "@mantine/core";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { When } from "~/ui/When";
import type { Receipt } from "./model";
import { Parameters } from "./Parameters";
import { useVerdictText } from "./verdict";

/** One call: when and how it came, what it was told, what it said. */
export function ReceiptSaid({ receipt }: { receipt: Receipt }) {
  const word = useWords();
  const verdict = useVerdictText();
  return (
    <Stack gap="xs">
      <Group gap="sm">
        <StateChip of="receipt" state={receipt.status} />
        <When value={receipt.arrived_at} as="time" />
        {receipt.door && (
          <Text size="sm" c="dimmed">
            {word("receipt_door", receipt.door)} · {word("receipt_trust", receipt.trust)}
          </Text>
        )}
      </Group>
      <Text size="sm">{verdict(receipt)}</Text>
      <Parameters params={receipt.params} />
    </Stack>
  );
}
