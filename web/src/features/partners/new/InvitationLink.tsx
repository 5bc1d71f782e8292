import { Code, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyButton } from "~/ui/Copyable";

/** An invitation to pass on by hand: told once, so it is shown whole. */
export function InvitationLink({ email, url }: { email: string; url: string }) {
  const { t } = useTranslation("partners");
  return (
    <Stack gap={4}>
      <Text fw={600} size="sm">
        {t("new.link")}
      </Text>
      <Text c="dimmed" size="sm">
        {t("new.link_help", { email })}
      </Text>
      <Group gap={4} wrap="nowrap" align="flex-start">
        <Code block flex={1} miw={0} style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
          {url}
        </Code>
        <CopyButton text={url} />
      </Group>
    </Stack>
  );
}
