import { ActionIcon, Button, Menu } from "@mantine/core";
import {
  IconBan,
  IconDotsVertical,
  IconLink,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconX,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { useMay } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import type { Partner, PartnerState } from "../model";
import { PartnerDrawer } from "./PartnerDrawer";
import { StopDialog, type Stopping } from "./StopDialog";
import { usePartnerSaved } from "./usePartnerSaved";

/** Activate, suspend, ban or reject a partner; edit it; make a link for it. */
export function PartnerActions({ partner }: { partner: Partner }) {
  const { t } = useTranslation("partners");
  const saved = usePartnerSaved();
  const [stopping, setStopping] = useState<Stopping | null>(null);
  const [edits, setEdits] = useState(false);
  const mayLink = useMay("links:write");
  const move = useMutation({
    mutationFn: async (body: Schemas["PartnerChange"]) =>
      bodyOf(await client.PATCH("/v1/partners/{id}", { params: { path: { id: partner.id } }, body })),
    onSuccess: saved,
  });
  if (!useMay("partners:write")) return null;
  const before = { state: partner.state, state_reason: partner.state_reason };
  const undo = () => move.mutate(before, { onError: notifyFailed });
  const activate = () =>
    move.mutate(
      { state: "active" },
      {
        onSuccess: () => notifyDone(t("actions.activated", { name: partner.name }), { undo }),
        onError: notifyFailed,
      },
    );
  const stop = async (state: PartnerState, reason: string) => {
    await move.mutateAsync({ state, state_reason: reason || null });
    notifyDone(t("actions.stopped", { name: partner.name }), { undo });
  };
  const isActive = partner.state === "active";
  return (
    <>
      {isActive ? (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} aria-hidden />}
          onClick={() => setStopping("suspended")}
        >
          {t("actions.suspend")}
        </Button>
      ) : (
        <Button
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          onClick={activate}
          loading={move.isPending}
        >
          {t("actions.activate")}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t("actions.more")}>
            <IconDotsVertical size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEdits(true)}>
            {t("actions.edit")}
          </Menu.Item>
          {mayLink && isActive && (
            <Menu.Item
              leftSection={<IconLink size={16} aria-hidden />}
              renderRoot={(props) => (
                <Link to="/links" search={{ new: true, partner: partner.id } as never} {...props} />
              )}
            >
              {t("actions.new_link")}
            </Menu.Item>
          )}
          {partner.state === "pending" && (
            <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => setStopping("rejected")}>
              {t("actions.reject")}
            </Menu.Item>
          )}
          {partner.state !== "banned" && (
            <Menu.Item
              color="red"
              leftSection={<IconBan size={16} aria-hidden />}
              onClick={() => setStopping("banned")}
            >
              {t("actions.ban")}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {stopping && (
        <StopDialog
          partner={partner}
          stopping={stopping}
          onClose={() => setStopping(null)}
          onStop={(reason) => stop(stopping, reason)}
        />
      )}
      {edits && <PartnerDrawer partner={partner} onClose={() => setEdits(false)} />}
    </>
  );
}
