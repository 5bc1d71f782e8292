import { Button } from "@mantine/core";
import { IconPercentage, IconPlus } from "@tabler/icons-react";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { percentText } from "~/features/plans/payoutWords";
import { type Column, DataTable } from "~/ui/DataTable";
import { NOTHING, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState, Section } from "~/ui/Page";
import { DealDrawer } from "./DealDrawer";
import { type Deal, useDeals } from "./queries";

interface Props {
  brand: string;
  currency: string;
  open: string | undefined;
  onOpen: (open: string | undefined) => void;
}

const NO_DEALS: Deal[] = [];

/** What share partners have of the brand's net revenue, newest first. */
export function DealList({ brand, currency, open, onOpen }: Props) {
  const { t } = useTranslation("results");
  const deals = useDeals(brand);
  const columns = useDealColumns(currency);
  const agree = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => onOpen("deal")}>
      {t("deal_agree")}
    </Button>
  );
  return (
    <Section title={t("deals")} hint={t("deals_hint")} action={agree}>
      <DataTable
        caption={t("deals")}
        columns={columns}
        rows={deals.data ?? NO_DEALS}
        rowId={(deal) => deal.id}
        state={deals.isPending ? "loading" : deals.isError ? "error" : "ready"}
        error={deals.error}
        onRetry={() => void deals.refetch()}
        empty={
          <EmptyState
            icon={<IconPercentage size={28} stroke={1.5} />}
            title={t("deals_none")}
            text={t("deals_none_text")}
          />
        }
        storageKey="revenue-share-deals"
        copyName="revenue-share-deals"
      />
      {open === "deal" && <DealDrawer brand={brand} currency={currency} onClose={() => onOpen(undefined)} />}
    </Section>
  );
}

/** For whom a deal is: one partner, those of a group, or everyone. */
function useWhom(): (deal: Deal) => string {
  const { t } = useTranslation("results");
  return useCallback(
    ({ partner_id, partner_group, names }) => {
      if (partner_id) return names[partner_id] ?? partner_id;
      return partner_group ? t("whom_group", { group: partner_group }) : t("whom_everyone");
    },
    [t],
  );
}

function useDealColumns(currency: string): Column<Deal>[] {
  const { t } = useTranslation("results");
  const word = useWords();
  const format = useFormat();
  const whom = useWhom();
  return useMemo((): Column<Deal>[] => {
    const { money, number } = format;
    const percent = (text: string) => percentText(format, text);
    const share = ({ tiers }: Deal) =>
      tiers
        .map(({ from_minor = 0, percent: text }) =>
          from_minor === 0
            ? percent(text)
            : t("share_from", { share: percent(text), from: money({ minor: from_minor, currency }) }),
        )
        .join(", ");
    const carry = (deal: Deal) =>
      deal.carry === "carry_months"
        ? t("carry_for", { count: deal.carry_months, shown: number(deal.carry_months) })
        : word("carry_rule", deal.carry);
    const text = (id: string, header: string, of: (deal: Deal) => string, width: number): Column<Deal> => ({
      id,
      header,
      width,
      cell: of,
      value: of,
    });
    return [
      {
        ...text("whom", t("whom"), whom, 190),
        cell: (deal) => <span translate="no">{whom(deal)}</span>,
        onCard: 1,
      },
      { ...text("starts", t("starts_month"), (deal) => deal.starts_month, 120), onCard: 3 },
      { ...text("share", t("share"), share, 220), onCard: 2 },
      text("carry", t("carry"), carry, 200),
      {
        ...text("high_roller", t("high_roller"), () => "", 150),
        hint: t("high_roller_help"),
        align: "end",
        cell: ({ high_roller_minor: minor }) =>
          minor == null ? NOTHING : <Money value={{ minor, currency }} />,
        value: ({ high_roller_minor: minor }) => minor,
      },
      {
        ...text(
          "charged",
          t("charge"),
          ({ charge_percent: of }) => (of == null ? NOTHING : percent(of)),
          140,
        ),
        align: "end",
      },
      {
        ...text("hold", t("hold"), ({ hold_days }) => number(hold_days), 110),
        align: "end",
      },
    ];
  }, [t, word, format, whom, currency]);
}
