import { ActionIcon, Button, CloseButton, Menu, Text, Tooltip } from "@mantine/core";
import { IconArrowsSort, IconColumns3, IconCopy, IconDownload, IconTableExport } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../format";
import { notifyDone, notifyFailed } from "../Toast";
import { downloadText, rowsToCsv } from "./csv";
import { nextSort } from "./sort";
import classes from "./table.module.css";
import type { Column, DataTableProps, Sort } from "./types";
import type { RowsTable } from "./useRows";

interface Props<Row extends object> {
  table: RowsTable<Row>;
  visible: readonly Column<Row>[];
  asCards: boolean;
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  onResetLayout: () => void;
  source: DataTableProps<Row>;
}

/** Above the table: the caller's controls and its menus, or the bulk bar while rows are chosen. */
export function Toolbar<Row extends object>(props: Props<Row>) {
  const { source, table, visible } = props;
  const { t } = useTranslation("ui");
  const { number } = useFormat();
  const chosen = [...(source.selection ?? [])];
  if (chosen.length > 0 && source.bulkBar) {
    return (
      <div className={`${classes.toolbar} ${classes.bulk}`} role="toolbar" aria-label={t("table.bulk")}>
        <Text size="sm" fw={600} aria-live="polite">
          {t("table.selected", { count: chosen.length, shown: number(chosen.length) })}
        </Text>
        {source.bulkBar(chosen)}
        <CloseButton
          ml="auto"
          size={32}
          aria-label={t("table.unselect")}
          onClick={() => source.onSelection?.([])}
        />
      </div>
    );
  }
  const sortable = visible.filter((column) => column.sortable);
  const choosable = table.getAllLeafColumns().some((column) => column.getCanHide());
  if (!source.toolbar && !source.copyName && !choosable) return null;
  return (
    <div className={classes.toolbar}>
      {source.toolbar}
      <div className={classes.toolbarEnd}>
        {props.asCards && sortable.length > 0 ? <SortMenu {...props} sortable={sortable} /> : null}
        {choosable && !props.asCards ? <ColumnMenu {...props} /> : null}
        {source.copyName ? <CsvMenu {...props} name={source.copyName} /> : null}
      </div>
    </div>
  );
}

function SortMenu<Row extends object>({ sortable, sort, onSort }: Props<Row> & { sortable: Column<Row>[] }) {
  const { t } = useTranslation("ui");
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button variant="subtle" color="gray" size="sm" leftSection={<IconArrowsSort size={16} />}>
          {sortable.find((column) => column.id === sort?.id)?.header ?? t("table.sort")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {sortable.map((column) => (
          <Menu.Item key={column.id} onClick={() => onSort(nextSort(column, sort))}>
            {column.header}
            {sort?.id === column.id ? (sort.desc ? " \u2193" : " \u2191") : ""}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ColumnMenu<Row extends object>({ table, source, onResetLayout }: Props<Row>) {
  const { t } = useTranslation("ui");
  const words = new Map(source.columns.map((column) => [column.id, column.header]));
  return (
    <Menu position="bottom-end" shadow="md" closeOnItemClick={false}>
      <Tooltip label={t("table.columns")}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t("table.columns")}>
            <IconColumns3 size={18} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        {table.getAllLeafColumns().map((column) =>
          column.getCanHide() ? (
            <Menu.CheckboxItem
              key={column.id}
              checked={column.getIsVisible()}
              onChange={() => column.toggleVisibility()}
            >
              {words.get(column.id)}
            </Menu.CheckboxItem>
          ) : null,
        )}
        <Menu.Divider />
        <Menu.Item onClick={onResetLayout}>{t("table.resetColumns")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function CsvMenu<Row extends object>({ table, visible, source, name }: Props<Row> & { name: string }) {
  const { t } = useTranslation("ui");
  const { number } = useFormat();
  const takeCsv = () => {
    const chosen = new Set(source.selection ?? []);
    const all = table.getRowModel().rows;
    const rows = chosen.size > 0 ? all.filter((row) => chosen.has(row.id)) : all;
    return {
      count: rows.length,
      text: rowsToCsv(
        visible,
        rows.map((row) => row.original),
      ),
    };
  };
  const copy = async () => {
    const { count, text } = takeCsv();
    try {
      await navigator.clipboard.writeText(text);
      notifyDone(t("table.copied", { count, shown: number(count) }));
    } catch (failure) {
      notifyFailed(failure);
    }
  };
  return (
    <Menu position="bottom-end" shadow="md">
      <Tooltip label={t("table.csv")}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label={t("table.csv")}>
            <IconTableExport size={18} />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy}>
          {t("table.copyCsv")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDownload size={16} />}
          onClick={() => downloadText(`${name}.csv`, takeCsv().text)}
        >
          {t("table.downloadCsv")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
