import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FormError } from "~/ui/FormError";
import { useFormat } from "~/ui/format";
import { StatusChip } from "~/ui/StatusChip";
import { type Trial, tryRule } from "./model";
import { type RuleForm, watchOf } from "./ruleForm";
import { useAlertText, useSubjectText } from "./useAlertText";

const ROWS_MAX = 10;

/** What the rule would find now, asked before it is saved. */
export function RuleTrial({ form }: { form: RuleForm }) {
  const { t } = useTranslation("alerts");
  const attempt = useMutation({ mutationFn: () => tryRule(watchOf(form)) });
  return (
    <Stack gap="sm">
      <Group>
        <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate()}>
          {t("trial.title")}
        </Button>
      </Group>
      <FormError error={attempt.error} />
      {attempt.data && <Found trial={attempt.data} form={form} />}
    </Stack>
  );
}

function Found({ trial, form }: { trial: Trial; form: RuleForm }) {
  const { t } = useTranslation("alerts");
  const { number, dateTime } = useFormat();
  const text = useAlertText();
  const subject = useSubjectText(trial.labels as Record<string, string>);
  const told = t("trial.told", {
    count: trial.found,
    found: number(trial.found),
    all: number(trial.looked_at),
    from: dateTime(trial.window_from),
    to: dateTime(trial.window_to),
  });
  return (
    <Stack gap="xs">
      <Text role="status">{told}</Text>
      {trial.subjects.length > 0 && (
        <Table.ScrollContainer minWidth={420}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("column.subject")}</Table.Th>
                <Table.Th ta="end">{t("column.seen")}</Table.Th>
                <Table.Th ta="end">{t("column.usual")}</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {trial.subjects.slice(0, ROWS_MAX).map((one) => (
                <Table.Tr key={one.subject}>
                  <Table.Td translate="no">{subject({ each: form.each }, one.subject)}</Table.Td>
                  <Table.Td ta="end">{text.figure(one.seen, trial.unit, trial.currency)}</Table.Td>
                  <Table.Td ta="end">{text.usual(one, trial.unit, trial.currency)}</Table.Td>
                  <Table.Td ta="end">
                    {one.is_found && <StatusChip tone="bad" label={t("trial.found")} />}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}
