import { ActionIcon } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { memo, useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "~/ui/format";
import classes from "./card.module.css";
import { type CardRow, COLUMNS, type Column, type Fault, type ReadRow } from "./cells";
import { MarginCell } from "./MarginCell";
import { isGrid } from "./paste";
import { useColumnWords, useFaultText } from "./useColumnWords";

interface Props {
  row: CardRow;
  place: number;
  said: ReadRow | undefined;
  currency: string;
  findings: readonly string[] | undefined;
  list: (column: Column) => string;
  onChange: (key: string, column: Column, text: string) => void;
  onPaste: (key: string, column: Column, text: string) => void;
  onRemove: (key: string) => void;
  readOnly?: boolean;
}

const LISTED: readonly Column[] = ["goal", "traffic", "group"];

/** One line of the card. A card of hundreds of lines draws only the one that changes. */
export const Line = memo(function Line(props: Props) {
  const { row, place, said, currency, findings, readOnly, onRemove } = props;
  const { t } = useTranslation("plan_editor");
  const { number } = useFormat();
  return (
    <tr>
      {COLUMNS.map((column) => (
        <Cell key={column} {...props} column={column} fault={said?.faults[column]} />
      ))}
      <td data-figure className={classes.margin}>
        <span className={classes.label}>{t("card.margin")}</span>
        <span>
          {said && <MarginCell rate={said.rate} revenue={said.revenue} currency={currency} />}
          {findings?.map((finding) => (
            <span key={finding} className={classes.finding} translate="no">
              {finding}
            </span>
          ))}
        </span>
      </td>
      {!readOnly && (
        <td className={classes.remove}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t("card.remove", { line: number(place + 1) })}
            onClick={() => onRemove(row.key)}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </td>
      )}
    </tr>
  );
});

interface CellProps extends Props {
  column: Column;
  fault: Fault | undefined;
}

function Cell({ row, place, column, fault, currency, list, onChange, onPaste, readOnly }: CellProps) {
  const { t } = useTranslation("plan_editor");
  const { number } = useFormat();
  const words = useColumnWords();
  const faultText = useFaultText(currency);
  const id = useId();
  const isFigure = column === "rate" || column === "revenue";
  const nothing = isFigure ? t("card.no_rate") : t("card.any");
  return (
    <td data-figure={isFigure || undefined}>
      <span className={classes.label} aria-hidden>
        {words[column]}
      </span>
      <span className={classes.field}>
        <input
          className={classes.input}
          aria-label={t("card.cell", { line: number(place + 1), column: words[column] })}
          aria-invalid={fault !== undefined}
          aria-describedby={fault ? id : undefined}
          data-row={place}
          data-column={column}
          list={LISTED.includes(column) ? list(column) : undefined}
          inputMode={isFigure ? "decimal" : undefined}
          placeholder={nothing}
          value={row[column]}
          readOnly={readOnly}
          onChange={(event) => onChange(row.key, column, event.currentTarget.value)}
          onPaste={(event) => {
            const text = event.clipboardData.getData("text");
            if (!isGrid(text)) return;
            event.preventDefault();
            onPaste(row.key, column, text);
          }}
        />
        {fault && (
          <span id={id} className={classes.fault}>
            {faultText(fault)}
          </span>
        )}
      </span>
    </td>
  );
}
