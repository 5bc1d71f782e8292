import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { Copyable } from "~/ui/Copyable";
import { Section } from "~/ui/Page";
import { useSmartLinks } from "./queries";

/** A partner's own smart links; nothing where it has none. */
export function OwnSmartLinks() {
  const { t } = useTranslation("smart");
  const links = useSmartLinks({ state: "active" }, useMay("smart_links:read"));
  if (links.rows.length === 0) return null;
  return (
    <Section title={t("own.title")} hint={t("own.text")}>
      <Stack gap="sm">
        {links.rows.map((link) => (
          <Group key={link.id} justify="space-between" gap="xs">
            <Text translate="no">{link.name}</Text>
            <Text size="sm" c="dimmed">
              {t("own.offers", { count: link.members.length })}
            </Text>
            <Copyable text={link.url} mono />
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
