import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import type { Column } from "~/ui/DataTable";
import { majorUnits } from "~/ui/format";
import { Money } from "~/ui/Money";
import { When } from "~/ui/When";
import type { Placement } from "./model";

/** What a list of placements shows; with the partner's name where there are several. */
export function usePlacementColumns(withPartner: boolean): Column<Placement>[] {
  const { t } = useTranslation("placements");
  const word = useWords();
  return useMemo(() => {
    const partner = (row: Placement) => row.names[row.partner_id] ?? "";
    const offer = (row: Placement) => row.names[row.offer_id] ?? "";
    const named = (name: (row: Placement) => string) => ({
      cell: (row: Placement) => <span translate="no">{name(row)}</span>,
      value: name,
      sortable: true,
    });
    const columns: Column<Placement>[] = [
      {
        id: "day",
        header: t("field.day"),
        cell: (row) => <When value={row.day} as="date" />,
        value: (row) => row.day,
        sortable: true,
        width: 120,
      },
      { id: "title", header: t("field.title"), ...named((row) => row.title), width: 240, onCard: 1 },
      {
        id: "state",
        header: t("field.state"),
        cell: (row) => <StateChip of="placement" state={row.state} />,
        value: (row) => word("placement_state", row.state),
        sortable: true,
        width: 150,
        onCard: 3,
      },
      {
        id: "kind",
        header: t("field.kind"),
        cell: (row) => word("placement_kind", row.kind),
        value: (row) => word("placement_kind", row.kind),
        sortable: true,
        width: 130,
      },
      { id: "offer", header: t("field.offer"), ...named(offer), width: 180 },
      {
        id: "fee",
        header: t("field.fee"),
        cell: (row) => (row.fee ? <Money value={row.fee} /> : <span translate="no">{row.sample}</span>),
        value: (row) => (row.fee ? majorUnits(row.fee.minor, row.fee.currency) : (row.sample ?? "")),
        align: "end",
        width: 130,
        onCard: 3,
      },
    ];
    if (withPartner)
      columns.splice(3, 0, {
        id: "partner",
        header: t("field.partner"),
        ...named(partner),
        width: 180,
        onCard: 2,
      });
    return columns;
  }, [t, word, withPartner]);
}
