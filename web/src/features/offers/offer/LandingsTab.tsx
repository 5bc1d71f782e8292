import { Anchor, Button } from "@mantine/core";
import { IconExternalLink, IconPencil, IconPlayerPause, IconPlayerPlay, IconPlus } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useMay } from "~/domain/person";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { EmptyState } from "~/ui/Page";
import { StatusChip } from "~/ui/StatusChip";
import { notifyDone, notifyFailed } from "~/ui/Toast";
import { useFiguresBy } from "../figures";
import { bodyOf, type Landing, type Offer } from "../model";
import { LandingDrawer } from "./LandingDrawer";
import { plainAddress } from "./plainAddress";
import { shareOf } from "./shares";
import { useOfferSaved } from "./useOfferSaved";

const CLICK_THROUGH = ["prelanding_clicks", "click_through_rate"] as const;

/** Where visitors of the offer's links arrive. */
export function LandingsTab({ offer }: { offer: Offer }) {
  const { t } = useTranslation("offers");
  const word = useWords();
  const mayEdit = useMay("offers:write");
  const { percent, number } = useFormat();
  const before = useFiguresBy("prelanding", CLICK_THROUGH);
  const hasPrelandings = offer.landings.some(({ kind }) => kind === "prelanding");
  const saved = useOfferSaved();
  const [edited, setEdited] = useState<Landing | "new" | null>(null);
  const move = useMutation({
    mutationFn: async ({ landing, state }: { landing: Landing; state: Landing["state"] }) => {
      const params = { path: { id: offer.id, landing_id: landing.id } };
      return bodyOf(await client.PATCH("/v1/offers/{id}/landings/{landing_id}", { params, body: { state } }));
    },
    onSuccess: saved,
    onError: notifyFailed,
  });
  const toggle = (landing: Landing) => {
    const [state, said] =
      landing.state === "active"
        ? (["paused", t("landings.paused", { name: landing.name })] as const)
        : (["active", t("landings.started", { name: landing.name })] as const);
    move.mutate(
      { landing, state },
      { onSuccess: () => notifyDone(said, { undo: () => move.mutate({ landing, state: landing.state }) }) },
    );
  };
  const add = mayEdit ? (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setEdited("new")}>
      {t("landings.add")}
    </Button>
  ) : null;
  const sent = ({ id }: Landing) => before.of(id, "prelanding_clicks");
  const through = ({ id }: Landing) => before.of(id, "click_through_rate");
  const ofPrelanding = (page: Landing, text: string) => (page.kind === "prelanding" ? text : "-");
  const throughColumns: Column<Landing>[] = [
    {
      id: "prelanding_clicks",
      header: word("metric", "prelanding_clicks"),
      hint: word("metric_formula", "prelanding_clicks"),
      width: 140,
      align: "end",
      value: sent,
      cell: (row) => ofPrelanding(row, number(sent(row))),
    },
    {
      id: "click_through_rate",
      header: word("metric", "click_through_rate"),
      hint: word("metric_formula", "click_through_rate"),
      width: 150,
      align: "end",
      value: through,
      cell: (row) => ofPrelanding(row, percent(through(row))),
    },
  ];
  const columns: Column<Landing>[] = [
    {
      id: "name",
      header: t("landings.name"),
      width: 180,
      sortable: true,
      value: (row) => row.name,
      cell: (row) => row.name,
      onCard: 1,
    },
    {
      id: "state",
      header: t("list.state"),
      width: 120,
      value: (row) => row.state,
      cell: (row) => (
        <StatusChip
          tone={row.state === "active" ? "good" : "neutral"}
          label={word("landing_state", row.state)}
        />
      ),
      onCard: 3,
    },
    {
      id: "kind",
      header: t("landings.kind"),
      width: 140,
      value: (row) => row.kind,
      cell: (row) => word("landing_kind", row.kind),
    },
    {
      id: "weight",
      header: t("landings.share"),
      hint: t("landings.weight_help"),
      width: 120,
      align: "end",
      value: (row) => shareOf(row, offer.landings),
      cell: (row) => percent(shareOf(row, offer.landings)),
    },
    ...(hasPrelandings ? throughColumns : []),
    {
      id: "url",
      header: t("landings.url"),
      width: 420,
      value: (row) => row.url,
      cell: (row) => (
        <Anchor href={plainAddress(row.url)} target="_blank" rel="noopener noreferrer" inherit>
          {row.url}
        </Anchor>
      ),
      onCard: 2,
    },
  ];
  return (
    <>
      <DataTable
        columns={columns}
        rows={offer.landings}
        rowId={(row) => row.id}
        caption={t("tabs.landings")}
        empty={<EmptyState title={t("landings.empty")} text={t("landings.empty_text")} action={add} />}
        toolbar={add}
        rowMenu={(row) => [
          {
            id: "test",
            label: t("landings.test"),
            icon: <IconExternalLink size={16} />,
            onClick: () => window.open(plainAddress(row.url), "_blank", "noopener"),
          },
          ...(mayEdit
            ? [
                {
                  id: "edit",
                  label: t("landings.edit"),
                  icon: <IconPencil size={16} />,
                  onClick: () => setEdited(row),
                },
                row.state === "active"
                  ? {
                      id: "pause",
                      label: t("landings.pause"),
                      icon: <IconPlayerPause size={16} />,
                      onClick: () => toggle(row),
                    }
                  : {
                      id: "start",
                      label: t("landings.start"),
                      icon: <IconPlayerPlay size={16} />,
                      onClick: () => toggle(row),
                    },
              ]
            : []),
        ]}
      />
      {edited && (
        <LandingDrawer
          offer={offer}
          landing={edited === "new" ? null : edited}
          onClose={() => setEdited(null)}
        />
      )}
    </>
  );
}
