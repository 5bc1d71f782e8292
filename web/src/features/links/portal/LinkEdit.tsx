import { Button, Group, Stack, TextInput, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import type { TrackingLink } from "../queries";
import { useChangeLink } from "./queries";

/** What a partner may change in its link: the name it knows it by, and whether it works. */
export function LinkEdit({ link }: { link: TrackingLink }) {
  const { t } = useTranslation("portal");
  const change = useChangeLink(link.id);
  const [name, setName] = useState(link.name ?? "");
  const [isAsking, asking] = useDisclosure(false);
  const isActive = link.state === "active";
  const save = async () => {
    await change.mutateAsync({ name: name.trim() || null });
    notifyDone(t("link.saved"));
  };
  const archive = async () => {
    await change.mutateAsync({ state: "archived" });
    notifyDone(t("link.archived"));
  };
  const restore = () =>
    change.mutate({ state: "active" }, { onSuccess: () => notifyDone(t("link.restored")) });
  return (
    <Stack gap="sm">
      <Title order={3}>{t("link.change")}</Title>
      <FormError error={change.error} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save().catch(() => undefined);
        }}
      >
        <Group gap="sm" align="flex-end" wrap="nowrap">
          <TextInput
            flex={1}
            label={t("link.name")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button
            type="submit"
            variant="default"
            disabled={name.trim() === (link.name ?? "")}
            loading={change.isPending}
          >
            {t("link.save")}
          </Button>
        </Group>
      </form>
      <Group>
        {isActive ? (
          <Button variant="subtle" color="red" onClick={asking.open}>
            {t("link.archive")}
          </Button>
        ) : (
          <Button variant="default" onClick={restore}>
            {t("link.restore")}
          </Button>
        )}
      </Group>
      <ConfirmDialog
        opened={isAsking}
        onClose={asking.close}
        title={t("link.archive_title")}
        confirmLabel={t("link.archive")}
        danger
        onConfirm={archive}
      >
        {t("link.archive_text")}
      </ConfirmDialog>
    </Stack>
  );
}
