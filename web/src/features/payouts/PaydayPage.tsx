import { Button, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "~/domain/person";
import { useWords } from "~/domain/words";
import { type PageSearch, textOf, usePageState } from "~/frame/search";
import { FilterChips } from "~/ui/FilterChips";
import { useFormat } from "~/ui/format";
import { Page } from "~/ui/Page";
import { currenciesQuery, owedQuery } from "./api";
import { EarlyRequests } from "./early/EarlyRequests";
import { MakeBatchDialog } from "./MakeBatchDialog";
import type { Method } from "./model";
import { OwedTable } from "./OwedTable";
import { PaydaySums } from "./PaydaySums";
import { dueBy, OWED_VIEWS, type OwedView, payees, sumsByMethod, USUAL_METHOD } from "./payday";
import classes from "./payouts.module.css";

interface PaydaySearch {
  currency: string | undefined;
  method: string | undefined;
  view: OwedView | undefined;
}

function readPaydaySearch(raw: PageSearch): PaydaySearch {
  return {
    currency: textOf(raw, "currency"),
    method: textOf(raw, "method"),
    view: OWED_VIEWS.find((view) => view === textOf(raw, "view")),
  };
}

/** Who is owed, and a batch that pays them. */
export default function PaydayPage() {
  const { t } = useTranslation("payouts");
  const word = useWords();
  const { money, number } = useFormat();
  const mayPay = useMay("payouts:write");
  const seesAdjustments = useMay("adjustments:read");
  const seesForms = useMay("tax_forms:read");
  const seesInvoices = useMay("own_invoices:read");
  const own = useMe().workspace.reporting_currency;
  const [search, change] = usePageState(readPaydaySearch);
  const [selection, setSelection] = useState<string[]>([]);
  const [isMaking, setIsMaking] = useState(false);
  const currency = search.currency ?? own;
  const owed = useQuery(owedQuery(currency));
  const currencies = useQuery(currenciesQuery);

  const rows = owed.data?.items ?? [];
  const sums = sumsByMethod(rows);
  const method = (search.method as Method | undefined) ?? sums[0]?.method ?? USUAL_METHOD;
  const paid = payees(rows, method, selection);
  const total = { minor: paid.reduce((sum, each) => sum + dueBy(each, method), 0), currency };
  const choices = [...new Set([own, currency, ...(currencies.data ?? [])])];
  const methodChoices = sums.some((sum) => sum.method === method)
    ? sums
    : [...sums, { method, partners: 0, minor: 0 }];
  return (
    <Page
      title={t("payday.title")}
      subtitle={t("payday.subtitle")}
      action={
        <>
          {seesAdjustments && (
            <Button component={Link} to="/payouts/adjustments" variant="default">
              {t("payday.adjustments")}
            </Button>
          )}
          {seesForms && (
            <Button component={Link} to="/payouts/tax-forms" variant="default">
              {t("payday.tax_forms")}
            </Button>
          )}
          {seesInvoices && (
            <Button component={Link} to="/payouts/own-invoices" variant="default">
              {t("payday.own_invoices")}
            </Button>
          )}
          {mayPay && (
            <Button component={Link} to="/payouts/payers" variant="default">
              {t("payday.payers")}
            </Button>
          )}
          <Button component={Link} to="/payouts/batches" variant="default">
            {t("payday.batches")}
          </Button>
          {mayPay && selection.length === 0 && (
            <Button disabled={paid.length === 0} onClick={() => setIsMaking(true)}>
              {t("payday.make")}
            </Button>
          )}
        </>
      }
    >
      {mayPay && <EarlyRequests />}
      <div className={classes.controls}>
        <Select
          label={t("payday.currency")}
          w={120}
          data={choices}
          value={currency}
          onChange={(chosen) => {
            setSelection([]);
            change({ currency: chosen ?? undefined, method: undefined });
          }}
          allowDeselect={false}
        />
        <Select
          label={t("payday.method")}
          description={t("payday.method_help")}
          inputWrapperOrder={["label", "input", "description"]}
          miw={280}
          data={methodChoices.map((sum) => ({
            value: sum.method,
            label: !owed.data
              ? word("payout_method", sum.method)
              : t("payday.method_sum", {
                  method: word("payout_method", sum.method),
                  amount: money({ minor: sum.minor, currency }),
                  partners: t("counted.partners", { count: sum.partners, shown: number(sum.partners) }),
                }),
          }))}
          value={method}
          onChange={(chosen) => change({ method: chosen ?? undefined })}
          allowDeselect={false}
        />
      </div>
      <FilterChips
        filters={[
          {
            kind: "one",
            id: "view",
            label: t("column.standing"),
            options: OWED_VIEWS.map((view) => ({ value: view, label: word("owed_standing", view) })),
          },
        ]}
        values={{ view: search.view }}
        onChange={({ view }) => change({ view: view as OwedView | undefined })}
      />
      <OwedTable
        currency={currency}
        query={owed}
        method={method}
        view={search.view}
        onClearView={() => change({ view: undefined })}
        selection={mayPay ? selection : undefined}
        onSelection={setSelection}
        onMake={() => setIsMaking(true)}
        canMake={paid.length > 0}
        sums={owed.data && <PaydaySums count={paid.length} total={total} chosen={selection.length} />}
      />
      <MakeBatchDialog
        opened={isMaking}
        onClose={() => setIsMaking(false)}
        payees={paid}
        isAll={selection.length === 0}
        left={selection.length > 0 ? selection.length - paid.length : 0}
        currency={currency}
        method={method}
      />
    </Page>
  );
}
