import { Button, Group } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { StateChip } from "~/domain/StatusChip";
import { bodyOf } from "~/features/offers/model";
import { useOffers } from "~/features/offers/queries";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { type Advertiser, useAdvertiserSaved } from "../queries";

/** Pauses an advertiser with all its offers, or starts it again. */
export function StateSwitch({ advertiser, disabled }: { advertiser: Advertiser; disabled: boolean }) {
  const { t } = useTranslation("advertisers");
  const { number } = useFormat();
  const saved = useAdvertiserSaved();
  const [asks, setAsks] = useState(false);
  const offers = useOffers({ advertiser_id: advertiser.id, state: "active" }, asks);
  const move = useMutation({
    mutationFn: async (state: Schemas["AdvertiserState"]) =>
      bodyOf(
        await client.PATCH("/v1/advertisers/{id}", {
          params: { path: { id: advertiser.id } },
          body: { state },
        }),
      ),
    onSuccess: saved,
  });
  const undoTo = (state: Advertiser["state"]) => ({
    undo: () => move.mutate(state, { onError: notifyFailed }),
  });
  const start = () =>
    move.mutate("active", {
      onSuccess: () => notifyDone(t("state.started", { name: advertiser.name }), undoTo("paused")),
      onError: notifyFailed,
    });
  const pause = async () => {
    await move.mutateAsync("paused");
    notifyDone(t("state.paused", { name: advertiser.name }), undoTo("active"));
  };
  return (
    <Group justify="space-between" mb="md">
      <StateChip of="advertiser" state={advertiser.state} />
      {!disabled &&
        (advertiser.state === "active" ? (
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={16} aria-hidden />}
            onClick={() => setAsks(true)}
          >
            {t("state.pause")}
          </Button>
        ) : (
          <Button
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            onClick={start}
            loading={move.isPending}
          >
            {t("state.start")}
          </Button>
        ))}
      <ConfirmDialog
        opened={asks}
        onClose={() => setAsks(false)}
        title={t("state.pause_title", { name: advertiser.name })}
        confirmLabel={t("state.pause")}
        onConfirm={pause}
      >
        {t("state.pause_text", { count: offers.rows.length, shown: number(offers.rows.length) })}
      </ConfirmDialog>
    </Group>
  );
}
