import { Alert, Code, FileInput, List, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "~/api/problem";
import { fieldText } from "~/domain/refusals";
import { useWords } from "~/domain/words";
import { useAdvertiserOptions } from "~/features/conversions/options";
import { FormDrawer } from "~/ui/FormDrawer";
import { useFormat } from "~/ui/format";
import { COUNT_FIGURES, MONEY_FIGURES, uploadResults } from "./model";

const EXAMPLE = "customer_id,day,deposits,bets,wins\nplayer-118,2026-11-01,100.00,250.00,180.50";

/** A file of what customers did: what was taken of it, or which lines were not understood. */
export function UploadDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("results");
  const queries = useQueryClient();
  const advertisers = useAdvertiserOptions();
  const { number } = useFormat();
  const [advertiser, setAdvertiser] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const send = useMutation({
    mutationFn: () => uploadResults(advertiser ?? "", file as File),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["customer-results"] }),
  });
  const placeText = usePlaceText();
  const faults = send.error ? Problem.of(send.error).errors : [];
  const said = send.data;
  return (
    <FormDrawer
      title={t("upload")}
      size="lg"
      onClose={onClose}
      onSubmit={() => send.mutate()}
      error={faults.length > 0 ? null : send.error}
      isSaving={send.isPending}
      isReady={advertiser !== null && file !== null}
      submitLabel={t("upload_send")}
    >
      <Select
        label={t("column.brand")}
        data={advertisers.options}
        value={advertiser}
        onChange={setAdvertiser}
        searchable
        required
      />
      <FileInput
        label={t("upload_file")}
        description={t("upload_help")}
        accept=".csv,.tsv,.txt,text/csv"
        value={file}
        onChange={(chosen) => {
          setFile(chosen);
          send.reset();
        }}
        required
      />
      <Code block translate="no">
        {EXAMPLE}
      </Code>
      {said && (
        <Alert color="green" title={t("upload_taken")} role="status">
          {t("upload_tally", {
            added: number(said.added),
            corrected: number(said.corrected),
            same: number(said.same),
          })}
        </Alert>
      )}
      {faults.length > 0 && (
        <Alert color="red" title={t("upload_refused")} role="alert">
          <Stack gap="xs">
            <Text size="sm">{t("upload_refused_text")}</Text>
            <List size="sm" spacing={4}>
              {faults.map(({ field, message }) => (
                <List.Item key={`${field} ${message}`}>
                  {placeText(field)}: {fieldText(message)}
                </List.Item>
              ))}
            </List>
          </Stack>
        </Alert>
      )}
    </FormDrawer>
  );
}

const FIGURES: readonly string[] = [...MONEY_FIGURES, ...COUNT_FIGURES];

/** Where a fault stands: "Line 3, Bets" for `line 3.bets`. */
function usePlaceText(): (field: string) => string {
  const { t } = useTranslation("results");
  const word = useWords();
  return (field) => {
    const [, number, part] = /^line (\d+)(?:\.(.+))?$/.exec(field) ?? [];
    if (!number) return field;
    if (!part) return t("line_of", { number });
    const parts: Record<string, string> = {
      customer_id: t("customer"),
      day: t("day"),
      currency: t("currency"),
      figures: t("figures"),
    };
    return t("line_part", {
      number,
      part: FIGURES.includes(part) ? word("result_figure", part) : (parts[part] ?? part),
    });
  };
}
