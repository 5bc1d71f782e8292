import { Button, Checkbox, Menu, Popover, Radio, TextInput } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { IconPlus, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Format, useFormat } from "./format";
import classes from "./page.module.css";

export interface FilterOption {
  value: string;
  label: string;
}

/** What may be filtered by, and how it is asked. */
export type FilterSpec =
  | {
      kind: "one" | "many";
      id: string;
      label: string;
      options: readonly FilterOption[];
      onSearch?: (text: string) => void;
    }
  | { kind: "text"; id: string; label: string; placeholder?: string }
  | { kind: "dates"; id: string; label: string };

/** one and text: a string; many: strings; dates: both ends as plain dates. */
export type FilterValue = string | string[] | { from: string; to: string } | undefined;
export type FilterValues = Record<string, FilterValue>;

interface Props {
  filters: readonly FilterSpec[];
  values: FilterValues;
  /** The values as they are now; the caller keeps them in the URL. */
  onChange: (values: FilterValues) => void;
  /** More controls at the end of the line. */
  children?: ReactNode;
}

function isSet(value: FilterValue): boolean {
  return value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
}

function inWords(spec: FilterSpec, value: FilterValue, format: Format): string {
  if (typeof value === "object" && !Array.isArray(value)) return format.dayRange(value.from, value.to);
  const chosen = Array.isArray(value) ? value : [value ?? ""];
  if (spec.kind !== "one" && spec.kind !== "many") return chosen.join(", ");
  return chosen.map((one) => spec.options.find((option) => option.value === one)?.label ?? one).join(", ");
}

/** The filters that are set, as chips that open and go, and a menu of the others. */
export function FilterChips({ filters, values, onChange, children }: Props) {
  const { t } = useTranslation("ui");
  const format = useFormat();
  const [open, setOpen] = useState<string | null>(null);
  const shown = filters.filter((spec) => isSet(values[spec.id]) || spec.id === open);
  const others = filters.filter((spec) => !shown.includes(spec));
  const set = (id: string, value: FilterValue) =>
    onChange({ ...values, [id]: isSet(value) ? value : undefined });
  const anySet = filters.some((spec) => isSet(values[spec.id]));

  return (
    <div className={classes.chips}>
      {shown.map((spec) => (
        <Popover
          key={spec.id}
          opened={open === spec.id}
          onChange={(opened) => setOpen(opened ? spec.id : null)}
          position="bottom-start"
          shadow="md"
          trapFocus
          returnFocus
          withRoles={false}
          transitionProps={{ duration: 100 }}
        >
          <Popover.Target>
            <span className={classes.chip}>
              <button
                type="button"
                className={classes.chipMain}
                aria-expanded={open === spec.id}
                onClick={() => setOpen(open === spec.id ? null : spec.id)}
              >
                {spec.label}
                {isSet(values[spec.id]) ? (
                  <>
                    {": "}
                    <b>{inWords(spec, values[spec.id], format)}</b>
                  </>
                ) : null}
              </button>
              <button
                type="button"
                className={classes.chipOff}
                aria-label={t("filters.remove", { filter: spec.label })}
                onClick={() => {
                  setOpen(null);
                  set(spec.id, undefined);
                }}
              >
                <IconX size={14} aria-hidden />
              </button>
            </span>
          </Popover.Target>
          <Popover.Dropdown miw={240} role="dialog" aria-label={spec.label}>
            <Editor
              spec={spec}
              value={values[spec.id]}
              onSet={(value) => set(spec.id, value)}
              onDone={() => setOpen(null)}
            />
          </Popover.Dropdown>
        </Popover>
      ))}
      {others.length > 0 ? (
        <Menu position="bottom-start" shadow="md" returnFocus={false}>
          <Menu.Target>
            <Button variant="subtle" color="gray" size="sm" leftSection={<IconPlus size={14} />}>
              {t("filters.add")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map((spec) => (
              <Menu.Item key={spec.id} onClick={() => setOpen(spec.id)}>
                {spec.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {anySet ? (
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          onClick={() =>
            onChange({ ...values, ...Object.fromEntries(filters.map((spec) => [spec.id, undefined])) })
          }
        >
          {t("filters.clear")}
        </Button>
      ) : null}
      {children}
    </div>
  );
}

interface EditorProps {
  spec: FilterSpec;
  value: FilterValue;
  onSet: (value: FilterValue) => void;
  onDone: () => void;
}

function Editor({ spec, value, onSet, onDone }: EditorProps) {
  if (spec.kind === "text") return <TextEditor spec={spec} value={value} onSet={onSet} onDone={onDone} />;
  if (spec.kind === "dates") return <DatesEditor value={value} onSet={onSet} onDone={onDone} />;
  return <OptionsEditor spec={spec} value={value} onSet={onSet} onDone={onDone} />;
}

function TextEditor({ spec, value, onSet, onDone }: EditorProps) {
  const { t } = useTranslation("ui");
  const [text, setText] = useState(typeof value === "string" ? value : "");
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSet(text.trim());
        onDone();
      }}
    >
      <TextInput
        label={spec.label}
        placeholder={spec.kind === "text" ? spec.placeholder : undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        data-autofocus
      />
      <Button type="submit" size="xs" mih={32} mt="xs" fullWidth>
        {t("filters.apply")}
      </Button>
    </form>
  );
}

function DatesEditor({ value, onSet, onDone }: Omit<EditorProps, "spec">) {
  const set = typeof value === "object" && !Array.isArray(value) ? value : undefined;
  const [ends, setEnds] = useState<[string | null, string | null]>([set?.from ?? null, set?.to ?? null]);
  const choose = ([from, to]: [string | null, string | null]) => {
    setEnds([from, to]);
    if (!from || !to) return;
    onSet({ from, to });
    onDone();
  };
  return <DatePicker type="range" allowSingleDateInRange value={ends} onChange={choose} />;
}

const SEARCH_FROM = 8;

function OptionsEditor({ spec, value, onSet, onDone }: EditorProps) {
  const { t } = useTranslation("ui");
  const [search, setSearch] = useState("");
  if (spec.kind !== "one" && spec.kind !== "many") return null;
  const wanted = search.trim().toLocaleLowerCase();
  const options = spec.onSearch
    ? spec.options
    : spec.options.filter((option) => option.label.toLocaleLowerCase().includes(wanted));
  const find = (text: string) => {
    setSearch(text);
    spec.onSearch?.(text);
  };
  return (
    <>
      {spec.onSearch || spec.options.length > SEARCH_FROM ? (
        <TextInput
          mb="xs"
          aria-label={t("filters.search")}
          placeholder={t("filters.search")}
          value={search}
          onChange={(event) => find(event.currentTarget.value)}
          data-autofocus
        />
      ) : null}
      {spec.kind === "one" ? (
        <Radio.Group
          aria-label={spec.label}
          value={typeof value === "string" ? value : ""}
          onChange={(one) => {
            onSet(one);
            onDone();
          }}
        >
          <div className={classes.options}>
            {options.map((option) => (
              <Radio key={option.value} value={option.value} label={option.label} />
            ))}
          </div>
        </Radio.Group>
      ) : (
        <Checkbox.Group
          aria-label={spec.label}
          value={Array.isArray(value) ? value : []}
          onChange={(many) => onSet(many)}
        >
          <div className={classes.options}>
            {options.map((option) => (
              <Checkbox key={option.value} value={option.value} label={option.label} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {options.length === 0 ? t("table.nothingFound") : null}
    </>
  );
}
