import { Alert, List } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Problem } from "~/api/problem";
import { fieldText } from "~/domain/refusals";

/** Rows of a file that were not understood, each by its number and with why. */
export function BadRows({ error }: { error: unknown }) {
  const { t } = useTranslation("reconciliation");
  const problems = error ? Problem.of(error).errors : [];
  const faults = problems.flatMap(({ field, message }) => {
    const row = /^rows\.(\d+)$/.exec(field)?.[1];
    return row ? [{ row, text: rowText(message, t) }] : [];
  });
  if (faults.length === 0) return null;
  return (
    <Alert color="red" variant="light" title={t("bad.title")}>
      <List size="sm" spacing={4}>
        {faults.map(({ row, text }) => (
          <List.Item key={`${row} ${text}`}>{t("bad.row", { row, text })}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** What the server says of a row, in the person's language. */
function rowText(message: string, t: TFunction<"reconciliation">): string {
  const [, amount] = /^the amount (.*): /.exec(message) ?? [];
  const [, date] = /^the date (.*) is not of the form/.exec(message) ?? [];
  const [, code] = /^(.*) is no currency that is known$/.exec(message) ?? [];
  if (message.startsWith("it has no click")) return t("bad.no_id");
  if (message.startsWith("the count is no")) return t("bad.count");
  if (amount !== undefined) return t("bad.amount", { amount });
  if (date !== undefined) return t("bad.date", { date });
  if (code !== undefined) return t("bad.currency", { code });
  return fieldText(message);
}
