import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { bodyOf } from "~/features/offers/model";
import { balanceQuery } from "~/features/payouts/api";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import type { Partner } from "../model";

const LINKS_MAX = 1000;

export type Stopping = "suspended" | "banned" | "rejected";

interface Props {
  partner: Partner;
  stopping: Stopping;
  onClose: () => void;
  onStop: (reason: string) => Promise<unknown>;
}

/** Says how many links stop and how much money waits, before a partner is stopped. */
export function StopDialog({ partner, stopping, onClose, onStop }: Props) {
  const { t } = useTranslation("partners");
  const { money, number } = useFormat();
  const links = useQuery({
    queryKey: ["links", "count", partner.id],
    queryFn: async ({ signal }) => {
      const query = { partner_id: partner.id, state: "active" as const, limit: LINKS_MAX };
      return bodyOf(await client.GET("/v1/links", { params: { query }, signal })).items.length;
    },
    enabled: useMay("links:read"),
  });
  const balance = useQuery(balanceQuery(partner.id));
  const withheld = (balance.data ?? []).filter(({ payable }) => payable > 0);
  const titles: Record<Stopping, string> = {
    suspended: t("stop.suspend_title", { name: partner.name }),
    banned: t("stop.ban_title", { name: partner.name }),
    rejected: t("stop.reject_title", { name: partner.name }),
  };
  const verbs: Record<Stopping, string> = {
    suspended: t("actions.suspend"),
    banned: t("actions.ban"),
    rejected: t("actions.reject"),
  };
  const owed = withheld.map(({ payable, currency }) => money({ minor: payable, currency })).join(", ");
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={titles[stopping]}
      confirmLabel={verbs[stopping]}
      danger
      noteLabel={t("stop.reason")}
      onConfirm={({ note }) => onStop(note)}
    >
      {links.data !== undefined && (
        <Text>{t("stop.links", { count: links.data, shown: number(links.data) })}</Text>
      )}
      {owed && <Text>{t("stop.money", { amount: owed })}</Text>}
      <Text>{t("stop.back")}</Text>
    </ConfirmDialog>
  );
}
