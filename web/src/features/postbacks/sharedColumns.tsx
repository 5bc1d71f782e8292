import type { TFunction } from "i18next";
import { StateChip } from "~/domain/StatusChip";
import type { useWords } from "~/domain/words";
import type { Column } from "~/ui/DataTable";
import { When } from "~/ui/When";
import type { Postback, Webhook } from "./model";

/** What lists of postbacks and of webhooks say alike; each gives the widths that its page has room for. */
export function sharedColumns<Row extends Postback | Webhook>(
  t: TFunction<"postbacks">,
  word: ReturnType<typeof useWords>,
  widths: Record<"name" | "events" | "delivered" | "state", number>,
): Record<"name" | "events" | "delivered" | "state", Column<Row>> {
  const events = ({ events }: Row) =>
    [...new Set(events.map(({ event }) => word("postback_event", event)))].join(", ");
  return {
    name: {
      id: "name",
      header: t("field.name"),
      cell: (row) => <span translate="no">{row.name}</span>,
      value: (row) => row.name,
      sortable: true,
      width: widths.name,
      onCard: 1,
    },
    events: { id: "events", header: t("field.events"), cell: events, value: events, width: widths.events },
    delivered: {
      id: "delivered",
      header: t("field.delivered"),
      cell: (row) => <When value={row.delivered_at} />,
      value: (row) => row.delivered_at,
      sortable: true,
      width: widths.delivered,
    },
    state: {
      id: "state",
      header: t("field.state"),
      cell: (row) => <StateChip of="postback" state={row.state} />,
      value: (row) => word("postback_state", row.state),
      sortable: true,
      width: widths.state,
      onCard: 3,
    },
  };
}
