import { Button, Collapse, FileInput, Group, Select, Text, TextInput } from "@mantine/core";
import { IconChevronDown, IconChevronUp } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { useAdvertiserOptions } from "~/features/conversions/options";
import { addDays, addMonths, todayIn } from "~/ui/dates";
import { FormDrawer } from "~/ui/FormDrawer";
import { SkeletonBlock } from "~/ui/Skeletons";
import { notifyDone } from "~/ui/Toast";
import { BadRows } from "./BadRows";
import { MappingFields } from "./MappingFields";
import { columnsFor, guessed, isWhole, kindOf, lacking, type Mapping, newMapping } from "./mapping";
import { agree, begin, mappingQuery } from "./model";
import { readSheet, type Sheet } from "./sheet";

interface Props {
  advertiserId?: string;
  onClose: () => void;
  onBegun: (id: string) => void;
}

/** An advertiser's file of a period, and how it is read. */
export function BeginDrawer({ advertiserId, onClose, onBegun }: Props) {
  const { t } = useTranslation("reconciliation");
  const queries = useQueryClient();
  const advertisers = useAdvertiserOptions();
  const { workspace } = useMe();
  const month = `${todayIn(workspace.timezone).slice(0, 7)}-01`;
  const [advertiser, setAdvertiser] = useState<string | null>(advertiserId ?? null);
  const [first, setFirst] = useState(addMonths(month, -1));
  const [last, setLast] = useState(addDays(month, -1));
  const [file, setFile] = useState<File | null>(null);
  const [sheet, setSheet] = useState<Sheet>();
  const [changed, setChanged] = useState<Mapping>();
  const [isShown, setIsShown] = useState(false);
  const agreed = useQuery(mappingQuery(advertiser));
  const known = agreed.data ?? newMapping(workspace.reporting_currency, workspace.timezone);
  const mapping = changed ?? (sheet && !agreed.data ? withGuesses(known, sheet) : known);
  const absent = lacking(mapping.columns, sheet);
  const mustShow = agreed.data === null || absent.length > 0 || !isWhole(mapping);
  const send = useMutation({
    mutationFn: async () => {
      const whose = advertiser ?? "";
      const wanted = { ...mapping, columns: columnsFor(kindOf(mapping), mapping.columns) };
      if (changed || !agreed.data)
        queries.setQueryData(mappingQuery(whose).queryKey, await agree(whose, wanted));
      return begin({ advertiser_id: whose, first_day: first, last_day: last }, file as File);
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ["reconciliations", "list"] });
      notifyDone(t("begin.done"));
      onBegun(id);
    },
  });
  const choose = async (chosen: File | null) => {
    setFile(chosen);
    send.reset();
    setSheet(chosen ? await readSheet(chosen) : undefined);
  };
  return (
    <FormDrawer
      title={t("begin.title")}
      size="lg"
      onClose={onClose}
      onSubmit={() => send.mutate()}
      error={send.error}
      isSaving={send.isPending}
      isReady={advertiser !== null && file !== null && first <= last && !agreed.isPending && isWhole(mapping)}
      submitLabel={t("begin.send")}
    >
      <BadRows error={send.error} />
      <Select
        label={t("column.advertiser")}
        data={advertisers.options}
        value={advertiser}
        onChange={(chosen) => {
          setAdvertiser(chosen);
          setChanged(undefined);
        }}
        searchable
        required
      />
      <Group grow align="flex-start">
        <Day label={t("begin.first")} value={first} onChange={setFirst} />
        <Day label={t("begin.last")} value={last} onChange={setLast} />
      </Group>
      <FileInput
        label={t("begin.file")}
        description={t("begin.file_help")}
        accept=".csv,.tsv,.txt,.xlsx,text/csv"
        value={file}
        onChange={(chosen) => void choose(chosen)}
        clearable
        clearButtonProps={{ "aria-label": t("begin.file_clear") }}
        required
      />
      {advertiser !== null && agreed.isPending && <SkeletonBlock height={80} />}
      {advertiser !== null && agreed.data !== undefined && (
        <>
          <Group justify="space-between">
            <Text fw={600}>{t("mapping.title")}</Text>
            {!mustShow && (
              <Button
                variant="subtle"
                size="xs"
                mih={32}
                aria-expanded={isShown}
                rightSection={isShown ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
                onClick={() => setIsShown(!isShown)}
              >
                {t("mapping.change")}
              </Button>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {agreed.data ? t("mapping.known") : t("mapping.none")}
          </Text>
          <Collapse expanded={mustShow || isShown}>
            <MappingFields mapping={mapping} sheet={sheet} onChange={setChanged} />
          </Collapse>
        </>
      )}
    </FormDrawer>
  );
}

function withGuesses(mapping: Mapping, sheet: Sheet): Mapping {
  return { ...mapping, columns: guessed(kindOf(mapping), mapping.columns, sheet) };
}

interface DayProps {
  label: string;
  value: string;
  onChange: (day: string) => void;
}

function Day({ label, value, onChange }: DayProps) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      required
    />
  );
}
