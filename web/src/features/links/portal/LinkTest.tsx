import { Button, Stack, Text } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { TEST_MARK } from "./address";
import { useLinkTest } from "./useLinkTest";

/** Opens the link as a visitor would, and says when the click was seen. */
export function LinkTest({ linkId, url }: { linkId: string; url: string }) {
  const { t } = useTranslation("portal");
  const word = useWords();
  const { state, click, open } = useLinkTest(linkId, url);
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        variant="default"
        leftSection={<IconExternalLink size={16} aria-hidden />}
        onClick={open}
        disabled={!open}
      >
        {t("link.try")}
      </Button>
      <Text size="sm" c="dimmed" role="status">
        {state === "ready" && t("link.try_hint", { mark: `${TEST_MARK.name}=${TEST_MARK.value}` })}
        {state === "waiting" && t("link.try_waiting")}
        {state === "unseen" && t("link.try_unseen")}
        {click && t("link.try_seen", { verdict: word("click_verdict", click.verdict) })}
        {click?.reason && ` ${word("click_reason", click.reason)}.`}
      </Text>
    </Stack>
  );
}
