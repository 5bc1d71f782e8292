import { Button, Group, Text } from "@mantine/core";
import {
  IconCheck,
  IconCoin,
  IconFlag,
  IconPlayerPause,
  IconPlayerPlay,
  IconRoute,
  IconX,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "~/domain/person";
import { StateChip } from "~/domain/StatusChip";
import { useWords } from "~/domain/words";
import { useUnchanged } from "~/features/conversions/useUnchanged";
import { type Column, DataTable, type RowAction } from "~/ui/DataTable";
import { When } from "~/ui/When";
import type { Enrollment, Named } from "../model";
import type { useEnrollments } from "../queries";
import { useWithPeriod } from "../useWithPeriod";
import { EndDialog } from "./EndDialog";
import { RatesDrawer } from "./RatesDrawer";
import { RejectDialog } from "./RejectDialog";
import { TrafficDrawer } from "./TrafficDrawer";
import { useEnrollmentMoves } from "./useEnrollmentMoves";

type Row = Named<Enrollment>;

interface Props {
  list: ReturnType<typeof useEnrollments>;
  /** Which end of the enrollment the page is about; the rows name the other. */
  of: "offer" | "partner";
  /** Further columns behind the first ones. */
  more?: readonly Column<Row>[];
  toolbar?: ReactNode;
  empty: ReactNode;
}

type Asked = { act: "reject" | "end" | "rates" | "traffic"; row: Row } | null;

/** Who may promote what: decisions, personal rates, approved traffic. */
export function EnrollmentTable({ list, of, more = [], toolbar, empty }: Props) {
  const { t } = useTranslation("offers");
  const word = useWords();
  const mayDecide = useMay("partners:write");
  const mayPrice = useMay("plans:write");
  const { move, moveNow } = useEnrollmentMoves();
  const [asked, setAsked] = useState<Asked>(null);
  const withPeriod = useWithPeriod();
  const rows = useUnchanged(list.rows);
  const nameOf = (row: Row) => row.names[of === "offer" ? row.partner_id : row.offer_id] ?? row.id;

  const columns: Column<Row>[] = [
    {
      id: "name",
      header: of === "offer" ? t("enrollments.partner") : t("enrollments.offer"),
      width: 200,
      sortable: true,
      value: nameOf,
      cell: nameOf,
      onCard: 1,
    },
    {
      id: "state",
      header: t("list.state"),
      width: 240,
      sortable: true,
      value: (row) => word("enrollment_state", row.state),
      cell: (row) =>
        row.state === "requested" && mayDecide ? (
          <Group gap={4} wrap="nowrap">
            <Button size="xs" mih={32} onClick={() => moveNow(row, "approved", nameOf(row))}>
              {t("enrollments.approve")}
            </Button>
            <Button size="xs" mih={32} variant="default" onClick={() => setAsked({ act: "reject", row })}>
              {t("enrollments.reject")}
            </Button>
          </Group>
        ) : (
          <StateChip of="enrollment" state={row.state} />
        ),
      onCard: 2,
    },
    ...more,
    {
      id: "traffic",
      header: t("enrollments.traffic"),
      hint: t("enrollments.traffic_hint"),
      width: 180,
      value: (row) =>
        row.approved_traffic_types.map(({ traffic_type }) => word("traffic_type", traffic_type)).join(", "),
      cell: (row) =>
        row.approved_traffic_types.map(({ traffic_type }) => word("traffic_type", traffic_type)).join(", ") ||
        "-",
    },
    {
      id: "source",
      header: t("enrollments.source"),
      width: 200,
      value: (row) => row.source,
      cell: (row) => (
        <Text span inherit truncate title={row.reason ?? row.source ?? undefined}>
          {row.reason ?? row.source ?? "-"}
        </Text>
      ),
    },
    {
      id: "since",
      header: t("enrollments.since"),
      width: 140,
      sortable: true,
      value: (row) => row.decided_at ?? row.created_at,
      cell: (row) => <When value={row.decided_at ?? row.created_at} />,
      onCard: 3,
    },
  ];

  const menu = (row: Row): RowAction[] => {
    const to = (id: string, label: string, icon: ReactNode, state: Enrollment["state"]): RowAction => ({
      id,
      label,
      icon,
      onClick: () => moveNow(row, state, nameOf(row)),
    });
    const ask = (act: "reject" | "end" | "rates" | "traffic") => () => setAsked({ act, row });
    const isOver = row.state === "ended" || row.state === "rejected";
    const isRunning = row.state === "approved" || row.state === "testing";
    const actions: (RowAction | false)[] = [
      row.state === "requested" &&
        to("approve", t("enrollments.approve"), <IconCheck size={16} />, "approved"),
      row.state === "requested" && {
        id: "reject",
        label: t("enrollments.reject"),
        icon: <IconX size={16} />,
        onClick: ask("reject"),
      },
      row.state === "paused" &&
        to("resume", t("enrollments.resume"), <IconPlayerPlay size={16} />, "approved"),
      isOver && to("again", t("enrollments.approve_again"), <IconCheck size={16} />, "approved"),
      isRunning && to("pause", t("enrollments.pause"), <IconPlayerPause size={16} />, "paused"),
      mayPrice &&
        !isOver && {
          id: "rates",
          label: t("enrollments.rates"),
          icon: <IconCoin size={16} />,
          onClick: ask("rates"),
        },
      !isOver && {
        id: "traffic",
        label: t("enrollments.approve_traffic"),
        icon: <IconRoute size={16} />,
        onClick: ask("traffic"),
      },
      (isRunning || row.state === "paused") && {
        id: "end",
        label: t("enrollments.end"),
        icon: <IconFlag size={16} />,
        danger: true,
        onClick: ask("end"),
      },
    ];
    return actions.filter((action) => action !== false);
  };

  const close = () => setAsked(null);
  const row = asked?.row;
  return (
    <>
      <DataTable
        columns={columns}
        rows={rows}
        rowId={(each) => each.id}
        caption={t("enrollments.title")}
        state={list.state}
        error={list.error}
        onRetry={list.retry}
        rowHref={(each) =>
          withPeriod(of === "offer" ? `/partners/${each.partner_id}` : `/offers/${each.offer_id}`)
        }
        rowMenu={mayDecide ? menu : undefined}
        empty={empty}
        toolbar={toolbar}
        hasMore={list.hasMore}
        loadingMore={list.loadingMore}
        onEndReached={list.loadMore}
        storageKey={`enrollments-${of}`}
        copyName="enrollments"
        rowHeight={44}
      />
      {row && asked.act === "reject" && (
        <RejectDialog
          name={nameOf(row)}
          onClose={close}
          onReject={(reason) => move(row, "rejected", nameOf(row), reason)}
        />
      )}
      {row && asked.act === "end" && (
        <EndDialog
          enrollment={row}
          name={nameOf(row)}
          onClose={close}
          onEnd={() => move(row, "ended", nameOf(row))}
        />
      )}
      {row && asked.act === "rates" && (
        <RatesDrawer offerId={row.offer_id} partnerId={row.partner_id} names={row.names} onClose={close} />
      )}
      {row && asked.act === "traffic" && (
        <TrafficDrawer enrollment={row} name={nameOf(row)} onClose={close} />
      )}
    </>
  );
}
