import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { majorUnits, useFormat } from "~/ui/format";
import { Money } from "~/ui/Money";
import { EmptyState } from "~/ui/Page";
import { accountsQuery } from "./api";
import { type AccountTotal, sidesOf } from "./model";
import type { JournalSearch } from "./search";

const NONE: readonly AccountTotal[] = [];

/** What lies in each account; a row leads to the entries that made it. */
export function AccountsTable({ search }: { search: JournalSearch }) {
  const { t } = useTranslation("journal");
  const word = useWords();
  const { partner, advertiser } = search;
  const accounts = useQuery(
    accountsQuery(partner ? { partner_id: partner } : advertiser ? { advertiser_id: advertiser } : {}),
  );
  const columns = useMemo((): Column<AccountTotal>[] => {
    const figure = (
      id: "debit" | "credit" | "balance",
      header: string,
      hint: string,
    ): Column<AccountTotal> => ({
      id,
      header,
      hint,
      align: "end",
      cell: (row) => <Money value={{ minor: row[`${id}_minor`], currency: row.currency }} />,
      value: (row) => majorUnits(row[`${id}_minor`], row.currency),
    });
    return [
      {
        id: "account",
        header: t("column.account"),
        width: 240,
        cell: (row) => word("account", row.account),
        value: (row) => word("account", row.account),
        onCard: 1,
      },
      {
        id: "currency",
        header: t("filter.currency"),
        width: 96,
        cell: (row) => row.currency,
        value: (row) => row.currency,
        onCard: 3,
      },
      figure("debit", t("column.debit"), t("column.debit_hint")),
      figure("credit", t("column.credit"), t("column.credit_hint")),
      { ...figure("balance", t("column.balance"), t("column.balance_hint")), onCard: 2 },
    ];
  }, [t, word]);
  const isWhole = !partner && !advertiser;
  return (
    <>
      {isWhole && accounts.data && accounts.data.length > 0 && <Check totals={accounts.data} />}
      <DataTable
        columns={columns}
        rows={accounts.data ?? NONE}
        rowId={(row) => `${row.account}.${row.currency}`}
        caption={t("tab.accounts")}
        state={accounts.isPending ? "loading" : accounts.isError ? "error" : "ready"}
        error={accounts.error}
        onRetry={() => void accounts.refetch()}
        rowHref={(row) => entriesOf(row, search)}
        empty={<EmptyState title={t("empty")} text={t("empty_text")} />}
        storageKey="journal-accounts"
        copyName="accounts"
      />
    </>
  );
}

function entriesOf({ account, currency }: AccountTotal, { partner, advertiser }: JournalSearch): string {
  const query = new URLSearchParams({ account, currency });
  if (partner) query.set("partner", partner);
  else if (advertiser) query.set("advertiser", advertiser);
  return `/journal?${query}`;
}

/** Whether both sides of every currency are equal, said in words. */
function Check({ totals }: { totals: readonly AccountTotal[] }) {
  const { t } = useTranslation("journal");
  const { money } = useFormat();
  const wrong = sidesOf(totals).filter(({ debit, credit }) => debit !== credit);
  if (wrong.length === 0) return <Text c="dimmed">{t("balanced")}</Text>;
  return (
    <Alert color="red" icon={<IconAlertTriangle aria-hidden />} title={t("unbalanced")}>
      {wrong.map(({ currency, debit, credit }) => (
        <Text key={currency} size="sm">
          {t("unbalanced_by", {
            debit: money({ minor: debit, currency }),
            credit: money({ minor: credit, currency }),
          })}
        </Text>
      ))}
    </Alert>
  );
}
