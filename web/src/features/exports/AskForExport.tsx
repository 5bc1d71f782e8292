import { Button, Group, Paper, SegmentedControl, Select, SimpleGrid, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeriod } from "~/domain/period";
import { useMe, workplaceOf } from "~/domain/person";
import { useWords } from "~/domain/words";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { type Export, FORMATS, SUBJECTS, useAskForExport } from "./query";

/** What is to be in the file; the days are those above. */
export function AskForExport() {
  const { t } = useTranslation("exports");
  const word = useWords();
  const { dayRange } = useFormat();
  const { range, timezone } = usePeriod();
  const isPartner = workplaceOf(useMe().role) === "partner";
  const [subject, setSubject] = useState<Export["subject"]>("clicks");
  const [format, setFormat] = useState<Export["format"]>("csv");
  const ask = useAskForExport();
  const subjects = SUBJECTS.filter((one) => one !== "receipts" || !isPartner);
  return (
    <Paper withBorder p="lg">
      <Stack gap="md" maw={520}>
        <FormError error={ask.error} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Select
            label={t("subject")}
            data={subjects.map((value) => ({ value, label: word("export_subject", value) }))}
            value={subject}
            onChange={(value) => value && setSubject(value as Export["subject"])}
            allowDeselect={false}
          />
          <Stack gap={2}>
            <Text fz="sm" fw={600} component="span" id="export-format">
              {t("format")}
            </Text>
            <SegmentedControl
              aria-labelledby="export-format"
              data={FORMATS.map((value) => ({ value, label: word("export_format", value) }))}
              value={format}
              onChange={(value) => setFormat(value as Export["format"])}
            />
          </Stack>
        </SimpleGrid>
        <Text fz="sm" c="dimmed">
          {t("of_days", { days: dayRange(range.from, range.to) })}
        </Text>
        <Group>
          <Button
            loading={ask.isPending}
            onClick={() => ask.mutate({ subject, format, from: range.from, to: range.to, timezone })}
          >
            {t("ask")}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
