import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { type Column, DataTable } from "~/ui/DataTable";
import { EmptyState } from "~/ui/States";
import type { Attribution, CreditRow } from "./query";
import { type AttributionState, CREDIT_MODELS, type CreditModel } from "./state";
import { useCreditText } from "./useCreditText";

/** Models that give a conversion to one alone. */
const ONE_TOUCH: readonly CreditModel[] = ["first_touch", "last_touch"];

interface Props {
  report: Attribution | undefined;
  state: AttributionState;
  error: unknown;
  onRetry: () => void;
}

/** A row for each partner (offer, traffic type), a column for each model; each column sums to the same total. */
export function CreditTable({ report, state, error, onRetry }: Props) {
  const { t } = useTranslation("reports");
  const word = useWords();
  const { name, figure } = useCreditText(report, state.by, state.shown);
  const value = (row: CreditRow, model: CreditModel) => {
    const credited = row.models[model];
    return state.shown === "conversions" ? credited?.conversions : credited?.minor;
  };
  const first: Column<CreditRow> = {
    id: "name",
    header: word("credit_by", state.by),
    cell: (row) => <span translate="no">{name(row.key)}</span>,
    value: (row) => name(row.key),
    sortable: true,
    minWidth: 160,
    onCard: 1,
  };
  const models = CREDIT_MODELS.map(
    (model): Column<CreditRow> => ({
      id: model,
      header: word("credit_model", model),
      hint: word("credit_model_meaning", model),
      cell: (row) => figure(value(row, model), ONE_TOUCH.includes(model)),
      value: (row) => value(row, model),
      align: "end",
      sortable: true,
      descFirst: true,
      onCard: model === "last_touch" ? 2 : model === "markov_order1" ? 3 : undefined,
    }),
  );
  const total = figure(state.shown === "conversions" ? report?.conversions : report?.minor, true);
  const rows = useMemo(() => (report && report.conversions > 0 ? report.rows : []), [report]);
  return (
    <DataTable
      caption={t("attribution.table")}
      columns={[first, ...models]}
      rows={rows}
      rowId={(row) => row.key || "none"}
      state={report ? "ready" : error ? "error" : "loading"}
      error={error}
      onRetry={onRetry}
      totals={rows.length > 0 ? Object.fromEntries(CREDIT_MODELS.map((model) => [model, total])) : undefined}
      totalsLabel={t("attribution.total")}
      empty={<EmptyState title={t("attribution.nothing")} text={t("attribution.nothing_text")} />}
      storageKey="attribution"
      copyName="attribution"
    />
  );
}
