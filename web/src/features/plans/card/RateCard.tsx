import { Alert, Button, Group, Text } from "@mantine/core";
import { IconPlus, IconTableImport } from "@tabler/icons-react";
import { type KeyboardEvent, useCallback, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useWords } from "~/domain/words";
import { useFormat } from "~/ui/format";
import classes from "./card.module.css";
import { type CardRow, COLUMNS, type Column, type Vocabulary } from "./cells";
import { Line } from "./Line";
import { type Pasted, pasteAt } from "./paste";
import type { ReadCard } from "./rows";
import { useColumnWords } from "./useColumnWords";

interface Props {
  rows: readonly CardRow[];
  read: ReadCard;
  words: Vocabulary;
  /** Groups that partners have, to choose from. */
  groups: readonly string[];
  onChange: (rows: CardRow[]) => void;
  /** What the linter says of a line. */
  findings: ReadonlyMap<string, readonly string[]>;
  readOnly?: boolean;
}

let lastKey = 0;

export function blankLine(): CardRow {
  lastKey += 1;
  const cells = { country: "", goal: "", traffic: "", group: "", rate: "", revenue: "" };
  return { key: `line-${lastKey}`, ...cells };
}

/** Rates as a grid to type and to paste into. */
export function RateCard({ rows, read, words, groups, onChange, findings, readOnly }: Props) {
  const { t } = useTranslation("plan_editor");
  const word = useWords();
  const columnWords = useColumnWords();
  const lists = useId();
  const grid = useRef<HTMLTableElement>(null);
  const [pasted, setPasted] = useState<{ told: Pasted; before: readonly CardRow[] }>();
  const latest = useRef(rows);
  latest.current = rows;

  const change = useCallback(
    (key: string, column: Column, text: string) =>
      onChange(latest.current.map((row) => (row.key === key ? { ...row, [column]: text } : row))),
    [onChange],
  );
  const remove = useCallback(
    (key: string) => onChange(latest.current.filter((row) => row.key !== key)),
    [onChange],
  );
  const paste = useCallback(
    (key: string, column: Column, text: string) => {
      const before = latest.current;
      const row = before.findIndex((each) => each.key === key);
      const told = pasteAt(before, { row, column }, text, blankLine);
      setPasted({ told, before });
      onChange(told.rows);
    },
    [onChange],
  );
  /** Up and down within a column, as in a spreadsheet. */
  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" || event.key === "Enter" ? 1 : 0;
    const input = event.target;
    if (step === 0 || !(input instanceof HTMLInputElement)) return;
    const { row, column } = input.dataset;
    const next = grid.current?.querySelector<HTMLInputElement>(
      `input[data-row="${Number(row) + step}"][data-column="${column}"]`,
    );
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select();
  };
  const list = (column: Column) => `${lists}-${column}`;
  const undo = () => {
    if (pasted) onChange([...pasted.before]);
    setPasted(undefined);
  };
  return (
    <div>
      {!readOnly && (
        <Text size="sm" c="dimmed" mb="xs">
          {t("card.help")}
        </Text>
      )}
      {pasted && (
        <PasteNotice
          pasted={pasted.told}
          faults={read.faults.size}
          onUndo={undo}
          onClose={() => setPasted(undefined)}
        />
      )}
      <div className={classes.scroll}>
        <table ref={grid} className={classes.grid} aria-label={t("view.card")} onKeyDown={move}>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th
                  key={column}
                  scope="col"
                  data-figure={column === "rate" || column === "revenue" || undefined}
                >
                  {columnWords[column]}
                </th>
              ))}
              <th scope="col" data-figure>
                {t("card.margin")}
              </th>
              {!readOnly && <th aria-label={t("card.remove_column")} />}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, place) => (
              <Line
                key={row.key}
                row={row}
                place={place}
                said={read.read.get(row.key)}
                currency={words.currency}
                findings={findings.get(row.key)}
                list={list}
                onChange={change}
                onPaste={paste}
                onRemove={remove}
                readOnly={readOnly}
              />
            ))}
          </tbody>
        </table>
      </div>
      <datalist id={list("goal")}>
        {words.goals.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      <datalist id={list("traffic")}>
        {[...new Set(words.traffic.values())].map((type) => (
          <option key={type} value={word("traffic_type", type)} />
        ))}
      </datalist>
      <datalist id={list("group")}>
        {groups.map((group) => (
          <option key={group} value={group} />
        ))}
      </datalist>
      {!readOnly && (
        <Button
          mt="xs"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange([...rows, blankLine()])}
        >
          {t("card.add")}
        </Button>
      )}
    </div>
  );
}

interface NoticeProps {
  pasted: Pasted;
  faults: number;
  onUndo: () => void;
  onClose: () => void;
}

/** What became of a pasted text, and of what found no place. */
function PasteNotice({ pasted, faults, onUndo, onClose }: NoticeProps) {
  const { t } = useTranslation("plan_editor");
  const { number } = useFormat();
  const { lines, left } = pasted;
  return (
    <Alert
      mb="sm"
      color={faults > 0 || left.length > 0 ? "yellow" : "teal"}
      styles={{ title: { color: "var(--mantine-color-text)" } }}
      icon={<IconTableImport aria-hidden />}
      title={t("card.pasted", { count: lines, shown: number(lines) })}
      withCloseButton
      closeButtonLabel={t("card.close")}
      onClose={onClose}
    >
      {faults > 0 && (
        <Text size="sm">{t("card.pasted_faults", { count: faults, shown: number(faults) })}</Text>
      )}
      {left.map(({ line, text }) => (
        <Text key={`${line} ${text}`} size="sm">
          {t("card.left", { line: number(line), text })}
        </Text>
      ))}
      <Group mt={4}>
        <Button variant="default" size="xs" mih={32} onClick={onUndo}>
          {t("card.undo")}
        </Button>
      </Group>
    </Alert>
  );
}
