import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { type DeliveryDetail, usePostbacksChanged } from "./model";
import { SendTest } from "./SendTest";

interface Props {
  setting: { name: string; state: string };
  test: () => Promise<DeliveryDetail>;
  turn: (state: "active" | "paused") => Promise<unknown>;
  end: () => Promise<unknown>;
  onEnded: () => void;
}

/** What is done with a setting as it stands: a test, a pause, its end. */
export function SettingActs({ setting, test, turn, end, onEnded }: Props) {
  const { t } = useTranslation("postbacks");
  const changed = usePostbacksChanged();
  const [ending, setEnding] = useState(false);
  const wanted = setting.state === "active" ? "paused" : "active";
  const turning = useMutation({
    mutationFn: () => turn(wanted),
    onSuccess: async () => {
      await changed();
      notifyDone(t("was_changed"));
    },
  });
  const confirmed = async () => {
    await end();
    await changed();
    notifyDone(t("was_ended"));
    onEnded();
  };
  return (
    <Stack gap="md" mt="lg">
      <SendTest send={test}>
        <Button variant="default" loading={turning.isPending} onClick={() => turning.mutate()}>
          {wanted === "active" ? t("resume") : t("pause")}
        </Button>
        <Button variant="default" color="red" onClick={() => setEnding(true)}>
          {t("end")}
        </Button>
      </SendTest>
      <FormError error={turning.error} />
      <ConfirmDialog
        opened={ending}
        onClose={() => setEnding(false)}
        title={t("end")}
        confirmLabel={t("end")}
        danger
        onConfirm={confirmed}
      >
        {t("end_text", { name: setting.name })}
      </ConfirmDialog>
    </Stack>
  );
}
