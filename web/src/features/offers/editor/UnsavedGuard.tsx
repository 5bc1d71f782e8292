import { Button, Group, Modal, Text } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

/** Asks before what was typed is left behind: by a link, the browser's back, a closed window. */
export function UnsavedGuard({ when }: { when: boolean }) {
  const { t } = useTranslation("offers");
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => {
      const tab = (search: object) => (search as { tab?: unknown }).tab;
      return when && (current.pathname !== next.pathname || tab(current.search) !== tab(next.search));
    },
    enableBeforeUnload: when,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === "blocked"}
      onClose={() => blocker.reset?.()}
      title={t("unsaved.title")}
      withCloseButton={false}
    >
      <Text mb="md">{t("unsaved.text")}</Text>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t("unsaved.leave")}
        </Button>
        <Button data-autofocus onClick={() => blocker.reset?.()}>
          {t("unsaved.stay")}
        </Button>
      </Group>
    </Modal>
  );
}
