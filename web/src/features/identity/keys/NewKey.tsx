import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Schemas } from "~/api/client";
import { CopyField } from "~/ui/Copyable";
import { SideDrawer } from "~/ui/SideDrawer";
import { KeyForm } from "./KeyForm";

/** Makes a key, and shows it this once. */
export function NewKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("identity");
  const [made, setMade] = useState<Schemas["ApiKeyMade"] | null>(null);
  const finish = (key: Schemas["ApiKeyMade"]) => {
    setMade(key);
    onClose();
  };
  return (
    <>
      <SideDrawer opened={opened} onClose={onClose} title={t("keys.make")} size="lg">
        {opened && <KeyForm onMade={finish} onCancel={onClose} />}
      </SideDrawer>
      <Modal
        opened={made !== null}
        onClose={() => setMade(null)}
        title={made?.name}
        closeOnClickOutside={false}
        closeOnEscape={false}
        withCloseButton={false}
      >
        <Stack gap="md">
          <Alert color="yellow">{t("keys.once")}</Alert>
          <CopyField label={t("keys.key")} value={made?.key ?? ""} mono />
          <Group justify="flex-end">
            <Button onClick={() => setMade(null)}>{t("keys.kept")}</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
