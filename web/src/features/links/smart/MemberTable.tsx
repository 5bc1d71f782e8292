import { Badge, Group, Progress, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { useFormat } from "~/ui/format";
import { EmptyState } from "~/ui/Page";
import { StatusChip } from "~/ui/StatusChip";
import type { SmartLink, SmartMember } from "./queries";

const WHOLE_PPM = 1_000_000;

interface Props {
  link: SmartLink;
  nameOf: (offerId: string) => string;
}

/** Each offer with its chance, and what that rests on. */
export function MemberTable({ link, nameOf }: Props) {
  const { t } = useTranslation("smart");
  const columns = useColumns(link, nameOf);
  return (
    <DataTable
      caption={t("page.members")}
      columns={columns}
      rows={link.members}
      rowId={({ offer_id }) => offer_id}
      empty={<EmptyState title={t("none")} text={t("none_text")} />}
      storageKey="smart-link-members"
      copyName="smart-link-offers"
    />
  );
}

function useColumns(link: SmartLink, nameOf: (offerId: string) => string): Column<SmartMember>[] {
  const { t } = useTranslation("smart");
  const word = useWords();
  const { number, percent, money, moneyMicros } = useFormat();
  const currency = link.choosing?.currency ?? "";
  const mode = link.choosing?.mode;
  const micros = (value: number | null | undefined) =>
    value == null ? "-" : moneyMicros({ micros: value, currency }, { digits: 4 });
  const count = (
    id: string,
    header: string,
    of: (member: SmartMember) => number | undefined,
    hint?: string,
  ) => ({
    id,
    header,
    ...(hint ? { hint } : {}),
    cell: (member: SmartMember) => number(of(member)),
    value: of,
    align: "end" as const,
    sortable: true,
    width: 100,
  });
  const byHand: Column<SmartMember>[] = [
    count("weight", t("page.weight"), ({ choice }) => choice?.weight),
    ...(mode === "priorities"
      ? [count("priority", t("page.priority"), ({ choice }) => choice?.priority)]
      : []),
  ];
  return [
    {
      id: "offer",
      header: t("offer"),
      width: 190,
      sortable: true,
      value: ({ offer_id }) => nameOf(offer_id),
      cell: ({ offer_id, choice }) => (
        <Group gap={6} wrap="nowrap">
          <span translate="no">{nameOf(offer_id)}</span>
          {mode === "learned" && choice?.is_new && (
            <Badge size="xs" variant="light">
              {t("page.is_new")}
            </Badge>
          )}
        </Group>
      ),
      onCard: 1,
    },
    {
      id: "state",
      header: t("state"),
      width: 110,
      value: ({ state }) => state,
      cell: ({ state }) => (
        <StatusChip
          tone={state === "active" ? "good" : "neutral"}
          label={word("smart_member_state", state)}
        />
      ),
    },
    {
      id: "share",
      header: t("page.share"),
      hint: t("page.share_help"),
      width: 150,
      align: "end",
      sortable: true,
      value: ({ choice }) => choice?.share_ppm,
      cell: ({ choice }) => {
        const share = (choice?.share_ppm ?? 0) / WHOLE_PPM;
        return (
          <Group gap="xs" wrap="nowrap" justify="flex-end">
            <Progress value={share * 100} w={64} size="sm" aria-hidden />
            <span>{percent(share)}</span>
          </Group>
        );
      },
      onCard: 2,
    },
    ...(mode === "learned" ? [] : byHand),
    count("clicks", t("clicks"), ({ choice }) => choice?.clicks, t("days")),
    count("paying", t("page.paying"), ({ choice }) => choice?.paying_clicks, t("page.paying_help")),
    {
      id: "profit",
      header: t("profit"),
      align: "end",
      sortable: true,
      width: 105,
      value: ({ choice }) => choice?.profit_minor,
      cell: ({ choice }) => (choice ? money({ minor: choice.profit_minor, currency }) : "-"),
    },
    {
      id: "per_click",
      header: t("page.per_click"),
      hint: t("page.per_click_help"),
      align: "end",
      sortable: true,
      width: 190,
      onCard: 3,
      value: ({ choice }) => choice?.per_click_micros,
      cell: ({ choice }) => (
        <Stack gap={0}>
          <span>{micros(choice?.per_click_micros)}</span>
          {choice?.low_micros != null && choice.high_micros != null && (
            <Text size="xs" c="dimmed">
              {t("page.between", { low: micros(choice.low_micros), high: micros(choice.high_micros) })}
            </Text>
          )}
        </Stack>
      ),
    },
  ];
}
