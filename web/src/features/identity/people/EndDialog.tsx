import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { notifyDone } from "~/ui/Toast";
import { type Person, usePeopleChanged } from "./lists";

/** Takes somebody out of the workspace. */
export function EndDialog({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const { t } = useTranslation("identity");
  const changed = usePeopleChanged();
  const end = async () => {
    if (!person) return;
    await client.DELETE("/v1/people/{id}", { params: { path: { id: person.id } } });
    changed();
    notifyDone(t("people.ended", { name: person.name }));
  };
  return (
    <ConfirmDialog
      opened={person !== null}
      onClose={onClose}
      title={t("people.end_title", { name: person?.name })}
      confirmLabel={t("people.end")}
      danger
      onConfirm={end}
    >
      <Stack gap="xs">
        <Text>{t("people.end_effect", { name: person?.name, email: person?.email })}</Text>
        <Text>{t("people.end_kept")}</Text>
      </Stack>
    </ConfirmDialog>
  );
}
