import type { Row as TableRow } from "@tanstack/react-table";
import { useTranslation } from "react-i18next";
import { Tick } from "./Tick";
import type { Features } from "./useRows";

/** Chooses a row; with Shift, all from the last one chosen. */
export function RowTick<Row extends object>({
  row,
  chosen,
}: {
  row: TableRow<Features, Row>;
  chosen: boolean;
}) {
  const { t } = useTranslation("ui");
  return <Tick label={t("table.selectRow")} checked={chosen} onToggle={row.getToggleSelectedHandler()} />;
}
