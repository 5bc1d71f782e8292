import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Copyable } from "~/ui/Copyable";
import { Section } from "~/ui/Page";
import type { BatchDetail } from "./model";

/** The hash that any change to the list would betray. */
export function FrozenList({ batch }: { batch: BatchDetail }) {
  const { t } = useTranslation("payouts");
  return (
    <Section title={t("frozen.title")}>
      <Text size="sm" c="dimmed">
        {t("frozen.text")}
      </Text>
      <Copyable text={batch.frozen_hash} mono />
    </Section>
  );
}
