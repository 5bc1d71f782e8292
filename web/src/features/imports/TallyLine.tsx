import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import type { Tally } from "./model";

/** What became of a file's rows, or would; noughts are left out. */
export function TallyLine({ tally, isCheck }: { tally: Tally; isCheck: boolean }) {
  const { t } = useTranslation("imports");
  const { number } = useFormat();
  const parts = [
    { label: t("tally.rows"), count: tally.rows, always: true },
    { label: isCheck ? t("tally.would") : t("tally.made"), count: tally.made, always: true },
    { label: t("tally.matched"), count: tally.matched },
    { label: t("tally.left_out"), count: tally.left_out },
    { label: t("tally.not_understood"), count: tally.not_understood, bad: true },
    { label: t("tally.warnings"), count: tally.warnings },
  ];
  return (
    <Group gap="lg">
      {parts
        .filter(({ count, always }) => always || count > 0)
        .map(({ label, count, bad }) => (
          <Stack key={label} gap={0}>
            <Text size="xs" c="dimmed">
              {label}
            </Text>
            <Text fw={600} c={bad ? "var(--mantine-color-error)" : undefined}>
              {number(count)}
            </Text>
          </Stack>
        ))}
    </Group>
  );
}
