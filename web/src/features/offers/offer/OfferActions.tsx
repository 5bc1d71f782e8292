import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconDotsVertical, IconFlag, IconLink, IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { bodyOf, type Offer, type OfferState } from "../model";
import { useOfferSaved } from "./useOfferSaved";

/** Start, pause or end the offer. All of it can be taken back. */
export function OfferActions({ offer }: { offer: Offer }) {
  const { t } = useTranslation("offers");
  const saved = useOfferSaved();
  const [asksToEnd, setAsksToEnd] = useState(false);
  const move = useMutation({
    mutationFn: async (state: OfferState) =>
      bodyOf(await client.PATCH("/v1/offers/{id}", { params: { path: { id: offer.id } }, body: { state } })),
    onSuccess: saved,
    onError: notifyFailed,
  });
  const go = async (state: OfferState, said: string) => {
    const before = offer.state;
    await move.mutateAsync(state);
    // A draft that has begun and an offer that has ended do not go back.
    const undo = before === "active" || before === "paused" ? () => move.mutate(before) : undefined;
    notifyDone(said, state === "expired" ? {} : { undo });
  };
  const pause = () => void go("paused", t("actions.paused", { name: offer.name })).catch(() => undefined);
  const start = () => void go("active", t("actions.started", { name: offer.name })).catch(() => undefined);
  const mayLink = useMay("links:write");
  if (!useMay("offers:write")) return null;
  return (
    <>
      {offer.state === "active" ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={pause}
          loading={move.isPending}
        >
          {t("actions.pause")}
        </Button>
      ) : (
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={start}
          loading={move.isPending}
        >
          {t("actions.start")}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t("actions.more")}>
            <IconDotsVertical size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {mayLink && (
            <Menu.Item
              leftSection={<IconLink size={16} aria-hidden />}
              renderRoot={(props) => (
                <Link to="/links" search={{ new: true, offer: offer.id } as never} {...props} />
              )}
            >
              {t("actions.new_link")}
            </Menu.Item>
          )}
          {offer.state !== "expired" && (
            <Menu.Item leftSection={<IconFlag size={16} aria-hidden />} onClick={() => setAsksToEnd(true)}>
              {t("actions.end")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asksToEnd}
        onClose={() => setAsksToEnd(false)}
        title={t("actions.end_title", { name: offer.name })}
        confirmLabel={t("actions.end")}
        onConfirm={() => go("expired", t("actions.ended", { name: offer.name }))}
      >
        {t("actions.end_text")}
      </ConfirmDialog>
    </>
  );
}
